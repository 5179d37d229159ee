package vn.giaoban.directory.registry.maintenance;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;

/** When endpoints cannot be counted on: announced, withdrawn, and held against the hours of a plan. */
public final class MaintenanceWindows {
    private final Journal journal;
    private final MaintenanceSql sql;
    private final int mostAhead;

    /** {@code mostAhead}: for one endpoint. */
    public MaintenanceWindows(Journal journal, int mostAhead) {
        this.journal = journal;
        this.sql = new MaintenanceSql(journal.db());
        this.mostAhead = mostAhead;
    }

    /** The windows of these that meet these hours. */
    public List<Maintenance> meeting(Collection<UUID> endpoints, Instant from, Instant to) {
        return endpoints.isEmpty() ? List.of() : sql.meeting(endpoints, from, to);
    }

    /** Those that have not passed. */
    public List<Maintenance> ahead(UUID endpoint) {
        return sql.meeting(List.of(endpoint), journal.now(), null);
    }

    public Maintenance announce(Actor actor, UUID endpoint, Instant from, Instant to, String reason) {
        if (!to.isAfter(from)) throw Refusal.field("/to", "before-start");
        return journal.write(Card.subject(endpoint), actor, change -> {
            if (!to.isAfter(change.now())) throw Refusal.field("/to", "past");
            if (ahead(endpoint).size() >= mostAhead)
                throw Refusal.state("too-much-maintenance", Map.of("most", mostAhead));
            var window = new Maintenance(UUID.randomUUID(), endpoint, from, to, reason);
            sql.insert(window);
            change.record(
                    "endpoint.maintenance",
                    Fields.of("from", from).and("to", to).and("reason", reason));
            return window;
        });
    }

    public void withdraw(Actor actor, UUID endpoint, UUID window) {
        journal.write(Card.subject(endpoint), actor, change -> {
            if (!sql.delete(endpoint, window)) throw Refusal.notFound();
            change.record("endpoint.maintenance-withdrawn", Fields.of("window", window));
            return null;
        });
    }
}
