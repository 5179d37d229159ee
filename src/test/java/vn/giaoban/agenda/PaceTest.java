package vn.giaoban.agenda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The examples that the server's and the screens' computation share. */
class PaceTest {
    private static final Map<Pace.Phase, String> WORDS = Map.of(
            Pace.Phase.IDLE, "idle",
            Pace.Phase.ON_TIME, "onTime",
            Pace.Phase.WARNING, "warning",
            Pace.Phase.OVERTIME, "overtime");

    @TestFactory
    Stream<DynamicTest> asTheScreensHaveIt() throws IOException {
        List<Map<String, Object>> examples;
        try (var in = PaceTest.class.getResourceAsStream("/rundown-vectors.json")) {
            examples = new ObjectMapper().readValue(in, new TypeReference<>() {});
        }
        assertTrue(examples.size() > 10);
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest((String) example.get("name"), () -> {
                    var pace = Pace.of(map(example.get("agenda")), Instant.parse((String) example.get("now")));
                    var expect = map(example.get("expect"));
                    assertEquals(expect.get("live"), pace.live());
                    assertEquals(expect.get("next"), pace.next());
                    assertEquals(expect.get("phase"), WORDS.get(pace.phase()));
                    assertEquals(number(expect, "remainingMs"), pace.remainingMs(), "remaining");
                    assertEquals(number(expect, "overMs"), pace.overMs(), "over");
                    assertEquals(number(expect, "shiftMs"), pace.shiftMs(), "shift");
                    assertEquals(number(expect, "driftMs"), pace.driftMs(), "drift");
                    assertEquals(number(expect, "behindMinutes"), pace.behindMinutes(), "behind");
                }));
    }

    private static long number(Map<String, Object> of, String name) {
        return ((Number) of.get(name)).longValue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
