package vn.giaoban.bridge.succession;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Companion;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.map.Participation;
import vn.giaoban.directory.registry.Registry;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;

/**
 * What becomes of invitations when the registry changes: pictures show the names of their hour, what is planned goes
 * over to whoever takes an endpoint's place, and a plan says which of its endpoints cannot be counted on.
 */
public final class Succession implements Companion, Registry.Consequence, Participation {
    private static final Logger log = LoggerFactory.getLogger(Succession.class);

    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final Registry registry;
    private final Directory directory;
    private final SuccessionSql sql;

    public Succession(
            Journal journal, Briefings briefings, Invitations invitations, Registry registry, Directory directory) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.registry = registry;
        this.directory = directory;
        this.sql = new SuccessionSql(journal.db());
    }

    @Override
    public void renamed(Actor by, Set<UUID> endpoints, LocalDate from) {
        sql.briefings(endpoints, start(from))
                .forEach((briefing, sites) -> journal.write(Briefings.subject(briefing), by, change -> {
                    change.repaint(Briefings.subject(briefing));
                    sites.forEach(site -> change.repaint("endpoint/" + site));
                    return null;
                }));
    }

    @Override
    public void succeeded(Actor by, Map<UUID, UUID> successors, LocalDate from) {
        sql.planned(successors.keySet(), start(from))
                .forEach((briefing, ended) -> ended.forEach(old -> follow(by, briefing, old, successors.get(old))));
    }

    /** Whoever is invited already is not invited twice; one who is taken elsewhere at that hour is left to the planner. */
    private void follow(Actor by, UUID id, UUID old, UUID successor) {
        var briefing = briefings.get(id);
        if (old.equals(briefing.plan().hub())) return;
        try {
            journal.db().transaction(() -> {
                invitations.uninvite(by, id, old);
                invitations.invite(by, id, List.of(successor), other -> false);
                return null;
            });
        } catch (Refusal refusal) {
            log.info("briefing {} keeps the endpoint {} that ends before it: {}", id, old, refusal.type());
        }
    }

    @Override
    public void plan(Briefing briefing, Fields plan) {
        var start = briefing.plan().start();
        var end = briefing.plan().end();
        if (briefing.status().over() || end.isBefore(journal.now())) return;
        var invited = briefings.endpoints(briefing.id());
        var warnings = new ArrayList<Map<String, Object>>();
        var names = directory.endpointsAt(invited, start);
        for (var window : registry.maintenance(invited, start, end))
            warnings.add(Fields.of("kind", "MAINTENANCE")
                    .and("endpoint", window.endpoint())
                    .and("name", names.get(window.endpoint()).name())
                    .and("from", window.from())
                    .and("to", window.to())
                    .and("reason", window.reason()));
        sql.ended(invited, LocalDate.ofInstant(start, Directory.ZONE))
                .forEach((endpoint, day) -> warnings.add(Fields.of("kind", "ENDED")
                        .and("endpoint", endpoint)
                        .and("name", names.get(endpoint).name())
                        .and("until", day)));
        if (!warnings.isEmpty()) plan.and("warnings", warnings);
    }

    @Override
    public Map<String, Count> count(List<Stay> stays, LocalDate from, LocalDate to) {
        return sql.count(stays, start(from), start(to.plusDays(1)));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(Directory.ZONE).toInstant();
    }
}
