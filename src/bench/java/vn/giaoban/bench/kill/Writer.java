package vn.giaoban.bench.kill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import vn.giaoban.db.Fields;
import vn.giaoban.db.Json;

/**
 * Somebody at an agenda who presses a button at fixed moments, and presses again, on the next node, until it is
 * acknowledged: an addition under its Idempotency-Key, a change under its If-Match. So each outcome is known.
 */
final class Writer {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);
    /** One press in so many adds an item; the others change one. */
    private static final int ADDS = 16;

    /** Whose titles end with a number. */
    static final String NAME = "Người viết ";

    private final HttpClient http;
    private final List<Integer> ports;
    private final String token;
    private final String briefing;
    private final Books books;
    private final Random random;
    private final String name;
    private final List<Item> items = new ArrayList<>();
    private int at;
    private volatile boolean stopped;

    private static final class Item {
        final String id;
        String etag;
        long number;

        Item(String id, String etag) {
            this.id = id;
            this.etag = etag;
        }
    }

    Writer(HttpClient http, List<Integer> ports, String token, String briefing, Books books, int number) {
        this.http = http;
        this.ports = ports;
        this.token = token;
        this.briefing = briefing;
        this.books = books;
        this.random = new Random(number);
        this.name = NAME + number;
        this.at = number % ports.size();
    }

    /** Begins with one item, then a press every so many ms; what was delayed is made up for at once. */
    void write(long firstMs, long everyMs) {
        try {
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(firstMs);
            while (!stopped) {
                long wait = due - System.nanoTime();
                if (wait > 0) TimeUnit.NANOSECONDS.sleep(wait);
                due += TimeUnit.MILLISECONDS.toNanos(everyMs);
                long begun = System.nanoTime();
                if (items.isEmpty() || random.nextInt(ADDS) == 0) add();
                else change(items.get(random.nextInt(items.size())));
                books.commands.add((System.nanoTime() - begun) / 1e6);
            }
        } catch (InterruptedException | RuntimeException e) {
            books.fault(name + ": " + e);
        }
    }

    void stop() {
        stopped = true;
    }

    private void add() throws InterruptedException {
        var title = title(items.size(), 0);
        var answer = press(
                "POST",
                "/api/briefings/" + briefing + "/agenda",
                Fields.of("title", title).and("minutes", 1).and("visibility", "PUBLIC"),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        if (answer.statusCode() != 201) {
            books.fault("adding was answered " + answer.statusCode() + " " + answer.body());
            return;
        }
        var item = new Item((String) Json.parse(answer.body()).get("id"), etag(answer));
        items.add(item);
        books.acknowledged(briefing, item.id, 0);
    }

    private void change(Item item) throws InterruptedException {
        var title = title(items.indexOf(item), item.number + 1);
        var answer = press(
                "PATCH",
                "/api/briefings/" + briefing + "/agenda/" + item.id,
                Fields.of("title", title),
                "If-Match",
                item.etag);
        boolean done = answer.statusCode() == 200;
        // Stale, but what stands there is ours: the press before was done, only its answer was lost.
        if (answer.statusCode() == 412
                && Json.parse(answer.body()).get("current") instanceof Map<?, ?> current
                && title.equals(current.get("title"))) {
            books.doneBefore();
            done = true;
        }
        if (!done) {
            books.fault("a change was answered " + answer.statusCode() + " " + answer.body());
            return;
        }
        item.etag = etag(answer);
        item.number++;
        books.acknowledged(briefing, item.id, item.number);
    }

    private String title(int place, long number) {
        return name + ", mục " + place + ": báo cáo tình hình, nghe ý kiến các điểm cầu và kết luận, lần " + number;
    }

    private static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("etag").orElseThrow();
    }

    private HttpResponse<String> press(String method, String path, Map<String, ?> body, String header, String value)
            throws InterruptedException {
        while (true) {
            int port = ports.get(at);
            try {
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(PATIENCE)
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .header(header, value)
                                .method(method, HttpRequest.BodyPublishers.ofString(Json.text(body)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (!LATER.contains(answer.statusCode())) return answer;
            } catch (IOException nobodyThere) {
                // Whether it was done is not known: the next press tells.
            }
            books.unanswered();
            at = (at + 1) % ports.size();
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
