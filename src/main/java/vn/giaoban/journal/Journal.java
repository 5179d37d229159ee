package vn.giaoban.journal;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.db.Db;
import vn.giaoban.db.Json;
import vn.giaoban.db.Unavailable;
import vn.giaoban.live.Fold;
import vn.giaoban.live.StreamKey;

/**
 * The one door for every change of every subject. A change locks its subject's row, so a subject has one writer at a
 * time; it is told to the audit chain and, where an audience sees a difference, appended to that audience's stream
 * under the head's own lock. After the commit the doorbell rings with (stream, audience, epoch, seq, when it was rung), never content.
 */
public final class Journal {
    /** Where the doorbell rings on the event bus. */
    public static final String BELL = "live";

    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Db db;
    private final Clock clock;
    private final Vertx bus;
    private final JournalSql sql;
    private final List<Painter> painters = new ArrayList<>();

    /** {@code bus} may be null: then nothing rings, and every hub sees the change at its next look at the heads. */
    public Journal(Db db, Clock clock, Vertx bus) {
        this.db = db;
        this.clock = clock;
        this.bus = bus;
        this.sql = new JournalSql(db);
    }

    public void painter(Painter painter) {
        painters.add(painter);
    }

    public Db db() {
        return db;
    }

    public java.time.Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Makes a change of one subject, all or nothing, and returns what the body returns. */
    public <T> T write(String subject, Actor actor, Function<Change, T> body) {
        return db.transaction(() -> {
            var head = sql.lock(subject);
            var change = new Change(now());
            T result = body.apply(change);
            if (!change.entries().isEmpty()) sql.append(subject, head, actor, change);
            sql.add(change.dueActs());
            ring(sql.append(patches(change), change.now(), RANDOM));
            return result;
        });
    }

    /** A change of each of these, for its own sake: one that fails is logged and holds up none behind it. */
    public <T> void each(Collection<T> all, Consumer<T> work) {
        for (var one : all)
            try {
                work.accept(one);
            } catch (Unavailable nobodyAnswers) {
                throw nobodyAnswers;
            } catch (RuntimeException e) {
                log.error("{}", one, e);
            }
    }

    /** What is told to one of many chains. */
    public record Note(String verb, Map<String, Object> what, Map<String, String> personal) {}

    /** Inside a change that concerns many subjects: from here on nobody else changes these. */
    public void hold(Collection<String> subjects) {
        sql.lock(new TreeSet<>(subjects));
    }

    /** Inside a change that concerns many subjects: an entry in the chain of each, all in one go. */
    public void note(Actor actor, Change change, Map<String, Note> notes) {
        sql.append(actor, change.now(), new TreeMap<>(notes));
    }

    private Map<StreamKey, String> patches(Change change) {
        var patches = change.patches();
        for (var stream : change.repainted()) {
            var now = paint(stream);
            for (var audience : Audience.values()) {
                var key = new StreamKey(stream, audience.word());
                var patch = Fold.diff(sql.picture(key), now.getOrDefault(key, Map.of()));
                if (!patch.isEmpty()) patches.put(key, patch);
            }
        }
        var texts = new TreeMap<StreamKey, String>();
        patches.forEach((key, patch) -> texts.put(key, Json.text(patch)));
        return texts;
    }

    /** The whole picture of a stream, for every audience that may see any of it, drawn from the facts. */
    public Map<StreamKey, Map<String, Object>> paint(String stream) {
        var pictures = new TreeMap<StreamKey, Map<String, Object>>();
        for (var painter : painters) if (painter.paints(stream)) paint(painter.parts(stream), pictures);
        return pictures;
    }

    /** What lies inside a part that an audience does not see it does not see either. */
    static void paint(List<Part> parts, Map<StreamKey, Map<String, Object>> pictures) {
        var unseen = new HashSet<Place>();
        for (var part : parts.stream()
                .sorted(Comparator.comparingInt(part -> part.path().size()))
                .toList())
            for (var audience : part.audiences()) {
                var view = part.view().apply(audience);
                var key = new StreamKey(part.stream(), audience.word());
                if (view == null) unseen.add(new Place(key, part.path()));
                else if (IntStream.range(1, part.path().size())
                        .noneMatch(depth ->
                                unseen.contains(new Place(key, part.path().subList(0, depth)))))
                    pictures.merge(key, placed(part.path(), view), Fold::apply);
            }
    }

    private record Place(StreamKey key, List<String> path) {}

    private static Map<String, Object> placed(List<String> path, Map<String, Object> view) {
        for (var name : path.reversed()) view = new TreeMap<>(Map.of(name, view));
        return view;
    }

    private void ring(List<JournalSql.Head> heads) {
        if (bus == null || heads.isEmpty()) return;
        db.afterCommit(() -> {
            long now = clock.millis();
            var message = new JsonArray();
            for (var head : heads)
                message.add(new JsonArray()
                        .add(head.key().stream())
                        .add(head.key().audience())
                        .add(head.epoch())
                        .add(head.seq())
                        .add(now));
            bus.eventBus().publish(BELL, message);
        });
    }
}
