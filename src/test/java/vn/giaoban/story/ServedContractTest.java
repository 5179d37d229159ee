package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.json.schema.Validator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;

/** Frames against their contract, the contracts themselves, and the headers of every answer. */
@Timeout(120)
class ServedContractTest {
    private final World world = World.shared();

    @Test
    void everyFrameIsAsItSays() throws Exception {
        Map<String, Object> contract =
                new YAMLMapper().readValue(world.anybody().get("/asyncapi.yaml").text(), new TypeReference<>() {});
        var schemas = Shape.object(Shape.object(contract.get("components")).get("schemas"));
        var validators = new HashMap<String, Validator>();
        Shape.object(Shape.object(contract.get("components")).get("messages")).forEach((type, message) -> {
            var payload = new LinkedHashMap<>(Shape.object(Shape.object(message).get("payload")));
            var properties = new LinkedHashMap<>(Shape.object(payload.get("properties")));
            properties.replaceAll((name, schema) -> Shape.object(schema).get("$ref") instanceof String ref
                    ? schemas.get(ref.substring(ref.lastIndexOf('/') + 1))
                    : schema);
            payload.put("properties", properties);
            validators.put(type, Schemas.validator(Schemas.closed(payload)));
        });
        var organizer = world.organizer();
        var id = world.live(organizer, "PRESS_CONFERENCE", List.of(World.item("Một", 5, "PUBLIC")), List.of());
        var page = organizer.follow("briefing/" + id).seesFrame("snapshot");
        page.send(Fields.of("type", "follow").and("stream", "briefing/" + UUID.randomUUID()));
        organizer
                .put("/api/briefings/" + id + "/line", Fields.of("text", "một"))
                .expect(204);
        page.seesFrame("refused").seesFrame("patch");
        var back = organizer.resume(page).seesFrame("head");
        organizer.delete("/api/session").expect(204);
        page.closed();
        back.closed();
        for (var one : List.of(page, back))
            for (var frame : one.frames()) Schemas.fits(frame.toString(), validators.get(frame.get("type")), frame);
        assertTrue(page.frames("bye").size() == 1);
    }

    @Test
    void theContractsAreServedAndEveryAnswerIsGuarded() {
        for (var path : List.of(
                "/openapi.yaml",
                "/asyncapi.yaml",
                "/api-docs",
                "/api-docs.js",
                "/api-docs.css",
                "/api-docs.json",
                "/health/ready",
                "/health/live")) {
            guarded(world.anybody().get(path).expect(200));
            var head = world.anybody().raw("HEAD", path, (byte[]) null, Map.of());
            assertEquals(200, head.status(), path);
            assertEquals("", head.text());
        }
        assertEquals(
                405,
                world.anybody()
                        .raw("HEAD", "/live/calendar", (byte[]) null, Map.of())
                        .status());
        assertTrue(world.anybody().get("/openapi.yaml").text().startsWith("openapi: 3.1"));
        for (var path :
                List.of("/api/nothing", "/nothing", "/live/briefing/" + UUID.randomUUID(), "/live/..", "/api/session"))
            guarded(world.anybody().get(path));
        guarded(world.anybody().post("/api/time"));
        guarded(world.organizer().raw("POST", "/api/briefings", "x", Map.of()));
        for (var broken : List.of(
                "GARBAGE\r\n\r\n",
                "GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(20_000) + "\r\n\r\n"))
            try (var wire = Wire.to(world.base)) {
                var head = wire.send(broken).head();
                assertTrue(head.contains("application/problem+json") && head.contains("Content-Security-Policy"), head);
                assertTrue(head.split(" ")[1].matches("4\\d\\d|501|505"), head);
            }
    }

    private static void guarded(Reply reply) {
        for (var header : ContractTest.HEADERS.subList(0, 7))
            assertTrue(reply.headers().firstValue(header).isPresent(), reply.asked() + " has no " + header);
    }
}
