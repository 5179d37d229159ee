package vn.giaoban.jitsi.health;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vn.giaoban.conf.Settings;
import vn.giaoban.db.Json;
import vn.giaoban.jitsi.outside.Outside;
import vn.giaoban.jitsi.outside.Outside.Ask;
import vn.giaoban.jitsi.outside.Outside.Heard;
import vn.giaoban.jitsi.outside.Prosody;
import vn.giaoban.jitsi.outside.Silent;
import vn.giaoban.jitsi.outside.Silent.Why;

/** Asks every server of Jitsi's that is configured how it is, each in its own words, and takes no other words for it. */
public final class Servers {
    private static final double OVERLOADED = 1.0;

    private final Outside outside;
    private final Prosody prosody;
    private final Settings.Jitsi.VideoHealth settings;

    private interface Look {
        ServerState at(String server, String base) throws Silent;
    }

    public Servers(Outside outside, Prosody prosody, Settings.Jitsi.VideoHealth settings) {
        this.outside = outside;
        this.prosody = prosody;
        this.settings = settings;
    }

    /** The names of those that are looked at. */
    public List<String> names() {
        var names = new ArrayList<String>();
        if (prosody.configured()) names.add("prosody");
        if (!settings.jicofo().isBlank()) names.add("jicofo");
        for (int i = 1; i <= settings.jvb().size(); i++) names.add("jvb-" + i);
        for (int i = 1; i <= settings.jibri().size(); i++) names.add("jibri-" + i);
        return names;
    }

    /** One after the other, each within the deadline of every call. */
    public List<ServerState> look() {
        var found = new ArrayList<ServerState>();
        if (prosody.configured()) found.add(look("prosody", "", this::prosody));
        if (!settings.jicofo().isBlank()) found.add(look("jicofo", settings.jicofo(), this::jicofo));
        for (int i = 0; i < settings.jvb().size(); i++)
            found.add(look("jvb-" + (i + 1), settings.jvb().get(i), this::jvb));
        for (int i = 0; i < settings.jibri().size(); i++)
            found.add(look("jibri-" + (i + 1), settings.jibri().get(i), this::jibri));
        return found;
    }

    private static ServerState look(String server, String base, Look look) {
        try {
            return look.at(server, base);
        } catch (Silent silent) {
            return ServerState.unknown(server, silent.why().name().toLowerCase(Locale.ROOT));
        }
    }

    private ServerState prosody(String server, String base) throws Silent {
        return ServerState.ok(server, Map.of("rooms", (double) prosody.census().size()));
    }

    private ServerState jicofo(String server, String base) throws Silent {
        var health = outside.ask(Ask.get(base, null, "/about/health"));
        if (health.status() == 500 || health.status() == 503) return ServerState.sick(server, "unhealthy");
        if (health.status() != 200 || !text(health).equals("OK")) throw new Silent(Why.GARBAGE);
        var stats = json(outside.ask(Ask.get(base, null, "/stats")));
        var figures = figures(stats, "conferences", "participants");
        if (!(stats.get("bridge_selector") instanceof Map<?, ?> bridges)) throw new Silent(Why.GARBAGE);
        if (number(bridges.get("operational_bridge_count")) < 1) return ServerState.sick(server, "no-bridge");
        return ServerState.ok(server, figures);
    }

    private ServerState jvb(String server, String base) throws Silent {
        var health = outside.ask(Ask.get(base, null, "/about/health"));
        if (health.status() == 500 || health.status() == 503) return ServerState.sick(server, "unhealthy");
        if (health.status() != 200 || !text(health).isEmpty()) throw new Silent(Why.GARBAGE);
        var stats = json(outside.ask(Ask.get(base, null, "/colibri/stats")));
        var figures = figures(stats, "conferences", "participants", "stress_level");
        if (figures.get("stress_level") >= OVERLOADED) return ServerState.sick(server, "overloaded");
        return ServerState.ok(server, figures);
    }

    private ServerState jibri(String server, String base) throws Silent {
        var said = json(outside.ask(Ask.get(base, null, "/jibri/api/v1.0/health")));
        if (!(said.get("status") instanceof Map<?, ?> status && status.get("health") instanceof Map<?, ?> health))
            throw new Silent(Why.GARBAGE);
        return switch (String.valueOf(health.get("healthStatus"))) {
            case "HEALTHY" ->
                ServerState.ok(server, Map.of("busy", "BUSY".equals(status.get("busyStatus")) ? 1.0 : 0.0));
            case "UNHEALTHY" -> ServerState.sick(server, "unhealthy");
            default -> throw new Silent(Why.GARBAGE);
        };
    }

    private static Map<String, Object> json(Heard heard) throws Silent {
        if (heard.status() != 200 || !heard.type().equals("application/json")) throw new Silent(Why.GARBAGE);
        try {
            return Json.read(heard.body());
        } catch (Json.Malformed e) {
            throw new Silent(Why.GARBAGE);
        }
    }

    private static Map<String, Double> figures(Map<String, Object> stats, String... names) throws Silent {
        var figures = new HashMap<String, Double>();
        for (var name : names) figures.put(name, number(stats.get(name)));
        return figures;
    }

    private static double number(Object value) throws Silent {
        if (value instanceof Number n && n.doubleValue() >= 0 && Double.isFinite(n.doubleValue()))
            return n.doubleValue();
        throw new Silent(Why.GARBAGE);
    }

    private static String text(Heard heard) {
        return new String(heard.body(), StandardCharsets.UTF_8).strip();
    }
}
