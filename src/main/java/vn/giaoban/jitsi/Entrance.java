package vn.giaoban.jitsi;

import vn.giaoban.http.Call;

/** Who may enter which room now, and as whom: the door that others keep. */
public interface Entrance {
    /** A {@link vn.giaoban.http.Refusal} for who may not enter at all. */
    void admit(Call call);

    /** The visit, for one who was admitted; refused where the doors are closed. */
    Visit visit(Call call);
}
