package vn.giaoban.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import vn.giaoban.db.Fields;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Chain;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.Role;

/** What was done is written down, and whoever changes what was written is found out. */
@Timeout(60)
class JournalStoryTest {
    private final World world = World.shared();
    private final Someone organizer = world.organizer();
    private final Chain chain = new Chain(world.node.rooms().db());

    private String live() {
        return "/api/briefings/"
                + world.live(
                        organizer,
                        "PRESS_CONFERENCE",
                        List.of(World.item("A", 5, "PUBLIC")),
                        List.of(world.newEndpoint("Sở").id()));
    }

    private static String subject(String path) {
        return path.replace("/api/briefings/", "briefing/");
    }

    private void line(String path, String text) {
        organizer.put(path + "/line", Fields.of("text", text)).expect(204);
    }

    @Test
    void twoChangesThatWaitForEachOtherBothComeThrough() throws Exception {
        var journal = new Journal(world.node.rooms().db(), world.clock, null);
        var one = "test/" + UUID.randomUUID();
        var other = "test/" + UUID.randomUUID();
        var bothHold = new CountDownLatch(2);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = List.of(List.of(one, other), List.of(other, one)).stream()
                    .map(order -> threads.submit(() -> journal.write(order.getFirst(), Actor.SYSTEM, change -> {
                        bothHold.countDown();
                        try {
                            bothHold.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return journal.write(order.getLast(), Actor.SYSTEM, inner -> {
                            inner.record("test.done", Map.of());
                            return true;
                        });
                    })))
                    .toList();
            for (var each : done) assertTrue(each.get());
        }
        for (var subject : List.of(one, other))
            assertEquals(
                    1,
                    world.node
                            .rooms()
                            .db()
                            .row("SELECT count(*) FROM journal_entry WHERE subject = $1", subject)
                            .getLong(0));
    }

    @Test
    void ofSeveralSubjectsOneThatFailsHoldsUpNoneBehindIt() {
        var journal = new Journal(world.node.rooms().db(), world.clock, null);
        var all = List.of("test/" + UUID.randomUUID(), "test/" + UUID.randomUUID(), "test/" + UUID.randomUUID());
        journal.each(
                all,
                subject -> journal.write(subject, Actor.SYSTEM, change -> {
                    change.record("test.done", Map.of());
                    if (subject.equals(all.get(1))) throw new IllegalStateException("a bad one, as this test wants it");
                    return null;
                }));
        var written = all.stream()
                .filter(subject -> world.node
                        .rooms()
                        .db()
                        .row("SELECT EXISTS (SELECT 1 FROM journal_entry WHERE subject = $1)", subject)
                        .getBoolean(0))
                .toList();
        assertEquals(List.of(all.get(0), all.get(2)), written, "and of the bad one nothing stands");
    }

    @Test
    void everyCommandLeavesItsEntry() {
        var path = live();
        var item = path + "/agenda/" + organizer.get(path).get("agenda.items.0.id");
        var site = path + "/endpoints/" + organizer.get(path).get("invitations.0.endpoint");
        organizer.post(site + "/join").expect(200);
        var delegate = organizer
                .create(site + "/delegates", Fields.of("name", "Bà Sáu"))
                .expect(201)
                .id();
        var request = path + "/floor/"
                + organizer
                        .create(path + "/floor", Fields.of("endpoint", site.substring(site.length() - 36)))
                        .expect(201)
                        .id();
        line(path, "còn 2 phút");
        organizer.put(site + "/line", Fields.of("text", "mời nói")).expect(204);
        for (var verb : List.of(
                item + "/skip",
                item + "/restore",
                item + "/start",
                item + "/finish",
                request + "/give",
                request + "/take")) organizer.post(verb).expect(200);
        organizer.delete(site + "/delegates/" + delegate).expect(204);
        organizer.post(site + "/leave").expect(200);
        organizer.post(path + "/close").expect(200);
        organizer
                .create(path + "/attendance/addenda", Fields.of("text", "đến muộn"))
                .expect(201);
        var journal = organizer.get(path + "/journal?limit=200").expect(200);
        assertEquals(true, journal.get("intact"));
        var verbs = new ArrayList<String>();
        for (var entry : (List<?>) journal.get("items")) verbs.addFirst((String) ((Map<?, ?>) entry).get("verb"));
        verbs.removeIf("bridge.lines"::equals); // the site has no page here: its line is found lost
        assertEquals(
                List.of(
                        "briefing.created",
                        "agenda.added",
                        "bridge.invited",
                        "briefing.scheduled",
                        "briefing.opened",
                        "briefing.started",
                        "bridge.joined",
                        "delegate.added",
                        "floor.requested",
                        "stage.line",
                        "site.line",
                        "agenda.skipped",
                        "agenda.restored",
                        "agenda.started",
                        "agenda.finished",
                        "floor.given",
                        "floor.taken",
                        "delegate.removed",
                        "bridge.left",
                        "briefing.closed",
                        "attendance.frozen",
                        "attendance.addendum"),
                verbs);
        var first = organizer.get(path + "/journal?limit=5").expect(200);
        assertEquals(
                first.get("items.4.n"),
                1
                        + (int) organizer
                                .get(path + "/journal?limit=5&after=" + first.get("next"))
                                .get("items.0.n"));
    }

    private void tamper(String path, String statement) {
        TestDatabase.asOwner(world.databaseUrl, statement.replace("$1", "'" + subject(path) + "'"));
        assertFalse(chain.intact(subject(path)), statement);
        assertEquals(false, organizer.get(path + "/journal").expect(200).get("intact"));
    }

    @Test
    void whateverIsChangedAfterwardsIsFoundOut() {
        for (var change : List.of(
                "UPDATE journal_entry SET what = replace(what, 'LIVE', 'OPEN') WHERE subject = $1",
                "UPDATE journal_entry SET actor = 'system' WHERE subject = $1 AND n = 2",
                "UPDATE journal_entry SET at = at - interval '1 millisecond' WHERE subject = $1 AND n = 3",
                "UPDATE journal_entry SET n = n + 1 WHERE subject = $1 AND n = (SELECT max(n) FROM journal_entry WHERE subject = $1)",
                "UPDATE journal_entry e SET what = o.what, verb = o.verb FROM journal_entry o WHERE e.subject = $1 AND o.subject = $1 AND e.n + o.n = 5 AND e.n IN (2, 3)",
                "DELETE FROM journal_entry WHERE subject = $1 AND n = 2",
                "DELETE FROM journal_entry WHERE subject = $1",
                "INSERT INTO journal_entry SELECT subject, n + 1, at, actor, verb, what, hash FROM journal_entry WHERE subject = $1 ORDER BY n DESC LIMIT 1")) {
            var path = live();
            assertTrue(chain.intact(subject(path)));
            tamper(path, change);
        }
    }

    @Test
    void aTailThatIsCutOffIsMissedOnceItWasAnchored() {
        var path = live();
        line(path, "một");
        line(path, "hai");
        assertTrue(world.node.rooms().keeper().anchor());
        assertTrue(chain.intact(subject(path)));
        line(path, "ba");
        assertTrue(chain.intact(subject(path)), "going on is no tampering");
        TestDatabase.asOwner(
                world.databaseUrl, "DELETE FROM journal_entry WHERE subject = '" + subject(path) + "' AND n > 6");
        tamper(
                path,
                "UPDATE subject SET n = 6, hash = (SELECT hash FROM journal_entry WHERE subject = $1 AND n = 6) WHERE id = $1");
    }

    @Test
    void theProgramItselfMayOnlyAdd() {
        var db = world.node.rooms().db();
        for (var table : List.of("journal_entry", "journal_anchor"))
            for (var statement :
                    List.of("UPDATE " + table + " SET n = n", "DELETE FROM " + table, "TRUNCATE " + table + " CASCADE"))
                assertTrue(
                        assertThrows(RuntimeException.class, () -> db.query(statement))
                                .getMessage()
                                .contains("permission denied"),
                        statement);
    }

    @Test
    void personalValuesStandBesideTheChainAndCanBeErased() {
        var name = "Nguyễn Thị Bí Mật " + System.nanoTime();
        var person = world.person(name, Role.VIEWER, world.ministry(), null);
        var subject = "person/" + person.id();
        var db = world.node.rooms().db();
        assertFalse(chain.entries(subject, 0, 50).toString().contains("Bí Mật"));
        assertEquals(
                1,
                db.row("SELECT count(*) AS n FROM journal_personal WHERE subject = $1 AND value = $2", subject, name)
                        .getLong("n"));
        db.query("DELETE FROM journal_personal WHERE subject = $1", subject);
        assertTrue(chain.intact(subject));
    }
}
