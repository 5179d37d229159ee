package vn.giaoban.conf;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Every setting of a node: one file, one record. What is not in it cannot be set. */
public record Settings(
        Http http,
        Database database,
        String data,
        Cluster cluster,
        Metrics metrics,
        Live live,
        SignIn signIn,
        Briefing briefing,
        RollCall rollCall,
        Check check,
        Registry registry,
        Jitsi jitsi,
        boolean demo) {

    public record Http(
            String host,
            int port,
            List<String> origins,
            List<String> trustedProxies,
            int maxBodyBytes,
            int maxConcurrentCalls,
            int drainWaitMs,
            int finishMs) {}

    public record Database(String url, int poolSize, int readPoolSize, int maxWaitQueue, int callDeadlineMs) {}

    public record Cluster(List<String> members, String host, int port, int busPort, String config, boolean doorbell) {}

    public record Metrics(String host, int port) {}

    /** How bytes go to readers: straight to the kernel where that can be, or always by Netty. */
    public enum LivePath {
        @JsonProperty("native")
        NATIVE,
        @JsonProperty("plain")
        PLAIN
    }

    public record Live(
            LivePath path,
            int headPollMs,
            int headFrameMs,
            int ringFrames,
            int ringBytes,
            long logBytes,
            int snapshotMs,
            int maxBufferedBytes,
            int unwritableMs,
            int maxStreamsPerSocket,
            int maxFramesPerMinute,
            int maxSocketsPerPerson,
            int maxSocketsPerAddress,
            int maxSockets,
            int handshakesPerSecond,
            int sitePingMs,
            int viewerPingMs,
            int recheckMs,
            int checkpointEvery,
            int drainMs) {}

    public record SignIn(
            int sessionHours,
            int idleMinutes,
            int tokenMinutes,
            int parallelHashes,
            int triesPerAccountAndHour,
            int triesPerAddressAndHour) {}

    public record Briefing(
            int lobbyMinutes,
            int bufferMinutes,
            int maxItems,
            int maxEndpoints,
            int maxOnBoard,
            int maxLineReports,
            int maxDelegatesPerSite,
            int maxFloorRequests,
            int maxAddenda,
            int maxDays,
            int mergeGapSeconds,
            int archiveDays,
            int relayLifeMs,
            int relayGapMs) {}

    /** Calling the sites one after another: how long each has to answer, and how often all of it may be done. */
    public record RollCall(int seconds, int mostRounds, int mostInBriefing) {}

    /** A site's technical check: what is kept, how much may be measured, through which relay, and what is good enough. */
    public record Check(
            int maxPerSite,
            int keepDays,
            int maxTechnicians,
            int measureSockets,
            int measureSeconds,
            int measureBytes,
            int measureKbitPerS,
            List<String> turnUrls,
            String turnSecret,
            int turnMinutes,
            CheckFigures good,
            CheckFigures usable) {}

    public record CheckFigures(
            double upKbitPerS,
            double downKbitPerS,
            double roundTripMs,
            double jitterMs,
            double longestStallMs,
            double lossPercent) {}

    public record Registry(int maxImportBytes, int maxImportLines, int maxListed, int maxMaintenance) {}

    public record Jitsi(
            String domain,
            String appId,
            String audience,
            String subject,
            Algorithm algorithm,
            String secret,
            int tokenMinutes,
            int keyDays,
            int keyLeadMinutes,
            Reservation reservation,
            Events events,
            Prosody prosody,
            DialIn dialIn,
            VideoHealth health) {

        /** How entrance tokens are signed: a secret shared with Prosody, or keys of ours that it fetches. */
        public enum Algorithm {
            HS256,
            RS256
        }

        public record Reservation(
                String secret,
                int earlyMinutes,
                int hours,
                int spareOccupants,
                boolean maxOccupants,
                boolean lobby,
                int answerMs) {}

        public record Events(String secret, int maxBytes) {}

        public record Prosody(
                String url,
                String host,
                String systemHost,
                String muc,
                String systemIssuer,
                int lookSeconds,
                int deadlineMs,
                int maxAnswerBytes) {}

        public record DialIn(List<String> numbers, int triesPerAddressAndMinute, int triesPerMinute) {}

        public record VideoHealth(
                String jicofo, List<String> jvb, List<String> jibri, int everySeconds, int checkBeforeMinutes) {}

        public boolean configured() {
            return !domain.isBlank();
        }
    }

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** A setting that cannot be used; its message is the one line an operator needs. */
    public static final class Unusable extends RuntimeException {
        public Unusable(String message) {
            super(message);
        }
    }

    /** Reads the file, laid over the defaults that ship with the program, and then the environment over both. */
    public static Settings load(Path file, Map<String, String> environment) {
        try (var defaults = Settings.class.getResourceAsStream("/giaoban.yaml")) {
            var tree = (ObjectNode) YAML.readTree(defaults);
            if (Files.exists(file)) {
                var own = YAML.readTree(Files.readString(file));
                if (own instanceof ObjectNode keys) lay(tree, keys, "");
                else if (own != null && !own.isMissingNode() && !own.isNull())
                    throw new Unusable(file + ": expected keys and values");
            }
            environment.forEach((name, value) -> {
                if (name.startsWith("GIAOBAN_")) set(tree, name, value);
            });
            return YAML.treeToValue(tree, Settings.class);
        } catch (UnrecognizedPropertyException e) {
            throw new Unusable("Configuration: unknown key " + path(e));
        } catch (JsonMappingException e) {
            throw new Unusable("Configuration: " + path(e) + " cannot be read as what it should be: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (JsonProcessingException e) {
            throw new Unusable(file + ": not valid YAML at line "
                    + (e.getLocation() == null
                            ? "?"
                            : e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new Unusable(file + ": cannot be read (" + e.getMessage() + ")");
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .collect(Collectors.joining("."));
    }

    private static void lay(ObjectNode base, ObjectNode over, String at) {
        over.properties().forEach(entry -> {
            var name = at + entry.getKey();
            var present = base.get(entry.getKey());
            if (present == null) throw new Unusable("Configuration: unknown key " + name);
            if (present instanceof ObjectNode inner) {
                if (!(entry.getValue() instanceof ObjectNode value))
                    throw new Unusable("Configuration: " + name + " should hold keys");
                lay(inner, value, name + ".");
            } else base.set(entry.getKey(), entry.getValue());
        });
    }

    /** GIAOBAN_SIGNIN_SESSIONHOURS and GIAOBAN_SIGN_IN_SESSION_HOURS both mean signIn.sessionHours. */
    private static void set(ObjectNode tree, String variable, String value) {
        var wanted = variable.substring("GIAOBAN_".length()).replace("_", "").toLowerCase(Locale.ROOT);
        if (!set(tree, wanted, "", value)) throw new Unusable("Environment: " + variable + " names no setting");
    }

    private static boolean set(ObjectNode node, String wanted, String at, String value) {
        for (Map.Entry<String, JsonNode> entry : List.copyOf(node.properties())) {
            var name = at + entry.getKey().toLowerCase(Locale.ROOT);
            if (entry.getValue() instanceof ObjectNode inner) {
                if (wanted.startsWith(name) && set(inner, wanted, name, value)) return true;
            } else if (wanted.equals(name)) {
                if (entry.getValue().isArray()) {
                    var list = node.putArray(entry.getKey());
                    Arrays.stream(value.split(","))
                            .map(String::strip)
                            .filter(s -> !s.isEmpty())
                            .forEach(list::add);
                } else node.put(entry.getKey(), value);
                return true;
            }
        }
        return false;
    }
}
