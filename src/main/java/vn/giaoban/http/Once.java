package vn.giaoban.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;

/**
 * A creating POST takes place once, however often it is sent: its answer is kept in the transaction that makes the
 * change, and a repeat with the same key gets that answer. A repeat that comes while the first is at work waits for it.
 */
public final class Once {
    private final Db db;

    public Once(Db db) {
        this.db = db;
    }

    public Answer of(Call call, Supplier<Answer> body) {
        var actor = call.principal().id();
        var request = Buffer.buffer(digest(call.fingerprint()));
        return db.transaction(() -> {
            var taken = db.query(
                    "INSERT INTO idempotency (actor, key, request) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                    actor,
                    call.idempotencyKey(),
                    request);
            if (taken.rowCount() == 0) return before(actor, call.idempotencyKey(), request);
            var answer = body.get();
            db.query(
                    "UPDATE idempotency SET status = $3, headers = $4, body = $5 WHERE actor = $1 AND key = $2",
                    actor,
                    call.idempotencyKey(),
                    answer.status(),
                    Json.text(answer.headers()),
                    Json.text(answer.body()));
            return answer;
        });
    }

    private Answer before(String actor, String key, Buffer request) {
        var row = db.row(
                "SELECT request, status, headers, body FROM idempotency WHERE actor = $1 AND key = $2", actor, key);
        if (!Arrays.equals(row.getBuffer("request").getBytes(), request.getBytes()))
            throw new Refusal(422, "key-reused", Map.of());
        var headers = new LinkedHashMap<String, String>();
        Json.parse(row.getString("headers")).forEach((name, value) -> headers.put(name, String.valueOf(value)));
        return new Answer(row.getInteger("status"), headers, Json.parse(row.getString("body")));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
