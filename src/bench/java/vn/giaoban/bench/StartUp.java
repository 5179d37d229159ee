package vn.giaoban.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** From the start of the process to the first 200: with a new database, an existing one, and with the cache. */
final class StartUp {
    private static final int STARTS = Integer.getInteger("starts", Bench.quick() ? 1 : 5);

    private StartUp() {}

    static void run() throws Exception {
        var data = Scratch.directory();
        try (var first = Server.start(data, false)) {
            Bench.say(
                    "start-up, new database (unpack, initdb, migrate, reference data)", "%.2f s", first.secondsToReady);
        }
        starts("start-up, existing database", data, false);
        if (Files.exists(Server.CACHE)) starts("start-up, existing database, AOT cache", data, true);
        else System.out.println("start-up with an AOT cache: not measured; `src/giaoban warm` makes the cache");
    }

    private static void starts(String what, Path data, boolean cache) throws Exception {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < STARTS; i++)
            try (var server = Server.start(data, cache)) {
                seconds.add(server.secondsToReady);
            }
        seconds.sort(null);
        Bench.say(
                what + ", first 200",
                "median %.2f s, fastest %.2f s, slowest %.2f s",
                seconds.get(STARTS / 2),
                seconds.getFirst(),
                seconds.getLast());
    }
}
