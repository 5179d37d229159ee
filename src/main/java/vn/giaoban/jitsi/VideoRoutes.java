package vn.giaoban.jitsi;

import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;

/** The call that leads into a video room. */
public final class VideoRoutes {
    private final VideoRooms rooms;
    private final Entrance entrance;

    public VideoRoutes(VideoRooms rooms, Entrance entrance) {
        this.rooms = rooms;
        this.entrance = entrance;
    }

    public void mount(Api api) {
        api.on("enterVideo", this::enter);
    }

    private Answer enter(Call call) {
        entrance.admit(call);
        return Answer.ok(rooms.enter(() -> entrance.visit(call)));
    }
}
