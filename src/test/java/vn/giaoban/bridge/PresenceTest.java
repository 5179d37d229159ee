package vn.giaoban.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import vn.giaoban.story.World;

/** What a node writes down of the lines that it holds. */
class PresenceTest {
    private final World world = World.shared();
    private final AtomicLong nanos = new AtomicLong();
    private final String node = "test-" + UUID.randomUUID();
    private final Presence presence = new Presence(world.node.rooms().db(), node, nanos::get);

    private long standing() {
        return world.node
                .rooms()
                .db()
                .row("SELECT count(*) FROM follower WHERE node = $1 AND expires_at > clock_timestamp()", node)
                .getLong(0);
    }

    private void come(String name) {
        presence.came("endpoint/" + name, node + "/" + name, "-");
    }

    @Test
    void aNodeThatWasHeldUpSaysWhoIsThereBeforeAnybodyCounts() {
        come("one");
        presence.beat();
        assertEquals(1, standing());
        world.node.rooms().db().query("UPDATE follower SET expires_at = clock_timestamp() WHERE node = $1", node);
        nanos.addAndGet(7_000_000_000L);
        come("two");
        presence.stirred();
        assertEquals(2, standing(), "the one is there still, and is said to be");
        presence.leave();
    }

    @Test
    void whoGoesIsGoneAtOnceAndStaysSo() {
        come("one");
        come("two");
        presence.stirred();
        presence.went("endpoint/one", node + "/one", "-");
        presence.stirred();
        nanos.addAndGet(7_000_000_000L);
        presence.beat();
        assertEquals(1, standing());
        presence.leave();
    }
}
