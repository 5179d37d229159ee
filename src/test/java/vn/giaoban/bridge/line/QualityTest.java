package vn.giaoban.bridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples that the server's rule and the pages' share. */
class QualityTest {
    @TestFactory
    Stream<DynamicTest> asThePagesHaveIt() throws IOException {
        JsonNode examples;
        try (var in = QualityTest.class.getResourceAsStream("/line-quality-vectors.json")) {
            examples = new ObjectMapper().readTree(in);
        }
        return StreamSupport.stream(examples.spliterator(), false)
                .map(example -> DynamicTest.dynamicTest(
                        example.toString(),
                        () -> assertEquals(
                                Quality.valueOf(example.get("quality").asText()),
                                Quality.of(
                                        example.get("roundTripMs").asInt(),
                                        example.get("jitterMs").asInt(),
                                        example.get("stalls").asInt(),
                                        null))));
    }

    @Test
    void lossCountsWhereItIsMeasured() {
        assertEquals(Quality.GOOD, Quality.of(20, 2, 0, 0));
        assertEquals(Quality.FAIR, Quality.of(20, 2, 0, 11));
        assertEquals(Quality.WEAK, Quality.of(20, 2, 0, 31));
        assertEquals(Quality.BAD, Quality.of(20, 2, 0, 101));
    }
}
