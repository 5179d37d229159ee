package vn.giaoban.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.giaoban.db.Fields;

/** Turns a refusal into an RFC 9457 body in the reader's language. */
public final class Problem {
    private Problem() {}

    public static Answer of(Refusal refusal, Words words) {
        var says = named(refusal.says(), words);
        var body = new Fields()
                .and("type", "/problems/" + refusal.type())
                .and("title", words.say(refusal.wording(), says))
                .and("status", refusal.status());
        if (words.has(refusal.wording() + ".detail"))
            body.and("detail", words.say(refusal.wording() + ".detail", says));
        if (!refusal.faults().isEmpty()) body.and("errors", faults(refusal.faults(), words));
        refusal.extra().forEach(body::and);
        var answer = new Answer(refusal.status(), Map.of("Content-Type", "application/problem+json"), body);
        if (refusal.etag() != null) answer = answer.etag(refusal.etag());
        return refusal.status() == 503 || refusal.status() == 429
                ? answer.with("Retry-After", String.valueOf(refusal.retryAfterSeconds()))
                : answer;
    }

    /** A state is a word of the reader's language too. */
    private static Map<String, Object> named(Map<String, ?> says, Words words) {
        var named = new HashMap<String, Object>(says);
        named.computeIfPresent("status", (key, status) -> words.say("state." + status));
        return named;
    }

    private static List<Map<String, Object>> faults(List<Refusal.Fault> faults, Words words) {
        return faults.stream()
                .map(fault -> (Map<String, Object>) Fields.of("pointer", fault.pointer())
                        .and("detail", words.say("field." + fault.reason(), fault.says())))
                .toList();
    }
}
