package vn.giaoban.bench.kill;

import static vn.giaoban.bench.Bench.say;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import vn.giaoban.db.Json;

/** What came of it all, once nobody writes any more. */
final class Judgement {
    private final House house;
    private final HttpClient http;
    private final String token;
    private final Books books;
    private final Watch watch;

    Judgement(House house, HttpClient http, String token, Books books, Watch watch) {
        this.house = house;
        this.http = http;
        this.token = token;
        this.books = books;
        this.watch = watch;
    }

    /** Every picture of every client against the server's own, byte for byte, and against what was acknowledged. */
    void over(List<Follower> followers) throws Exception {
        int pictures = 0;
        long lost = 0;
        long repeated = 0;
        int differ = 0;
        for (var follower : followers)
            for (var stream : follower.streams()) {
                var look = look(house.ports().get(pictures++ % house.size()), stream, follower.audience());
                var frame = Json.parse(look);
                var position = frame.get("epoch") + "." + frame.get("seq");
                if (!KillBench.until(() -> follower.at(stream, position))) {
                    watch.fault(stream + " " + follower.audience() + ": never came to " + position);
                    continue;
                }
                var text = follower.text(stream);
                if (!look.endsWith("\"view\":" + text + "}")) differ++;
                var shown = Numbers.of(Json.parse(text));
                var wanted = books.of(stream.substring("briefing/".length()));
                for (var item : wanted.entrySet()) if (!item.getValue().equals(shown.get(item.getKey()))) lost++;
                for (var item : shown.keySet()) if (!wanted.containsKey(item)) repeated++;
            }
        say(
                "pictures at the end",
                "%d of %d clients: %d differ from the server's, %d acknowledged commands lost, %d repeated",
                pictures,
                followers.size(),
                differ,
                lost,
                repeated);
        say(
                "on the way",
                "%d patches folded, %d snapshots, %d older ones dropped, %d gaps, %d heads ahead; %d out of order or wrong",
                watch.folded.get(),
                watch.snapshots.get(),
                watch.older.get(),
                watch.gaps.get(),
                watch.heads.get(),
                watch.faultCount() + books.faults().size());
        watch.faults().forEach(System.out::println);
        books.faults().stream().limit(20).forEach(System.out::println);
    }

    private String look(int port, String stream, String audience) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/live/" + stream + "?audience=" + audience))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token)
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        return answer.body();
    }
}
