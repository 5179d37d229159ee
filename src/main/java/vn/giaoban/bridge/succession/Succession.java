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
import vn.giaoban.directory.registry.Consequence;
import vn.giaoban.directory.registry.maintenance.MaintenanceWindows;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Change;
import vn.giaoban.journal.Journal;

/**
 * What becomes of invitations when the registry changes: pictures show the names of their hour, what is planned goes
 * over to whoever takes an endpoint's place, and a plan says which of its endpoints cannot be counted on.
 */
public final class Succession implements Companion, Consequence, Participation {
    /** The acts on one briefing: it shows new names; one endpoint takes another's place. */
    public static final String NAMES = "succession.names";

    public static final String HEIR = "succession.heir";
    private static final Logger log = LoggerFactory.getLogger(Succession.class);

    private final Journal journal;
    private final Briefings briefings;
    private final Invitations invitations;
    private final MaintenanceWindows maintenance;
    private final Directory directory;
    private final SuccessionSql sql;

    public Succession(
            Journal journal,
            Briefings briefings,
            Invitations invitations,
            MaintenanceWindows maintenance,
            Directory directory) {
        this.journal = journal;
        this.briefings = briefings;
        this.invitations = invitations;
        this.maintenance = maintenance;
        this.directory = directory;
        this.sql = new SuccessionSql(journal.db());
    }

    @Override
    public void renamed(Change change, Actor by, Set<UUID> endpoints, LocalDate from) {
        sql.briefings(endpoints, start(from))
                .forEach((briefing, sites) -> change.due(
                        change.now(),
                        NAMES,
                        briefing.toString(),
                        Fields.of("by", by.id())
                                .and("sites", sites.stream().map(UUID::toString).toList())));
    }

    @Override
    public void succeeded(Change change, Actor by, Map<UUID, UUID> successors, LocalDate from) {
        sql.planned(successors.keySet(), start(from))
                .forEach((briefing, ended) -> ended.forEach(old -> change.due(
                        change.now(),
                        HEIR,
                        briefing + "/" + old,
                        Fields.of("by", by.id())
                                .and("briefing", briefing)
                                .and("old", old)
                                .and("heir", successors.get(old)))));
    }

    /** A briefing shows the names that its endpoints have by now. */
    public void namesDue(UUID briefing, Map<String, Object> detail) {
        directory.forgetEndpoints();
        journal.write(Briefings.subject(briefing), by(detail), change -> {
            change.repaint(Briefings.subject(briefing));
            for (var site : (List<?>) detail.get("sites")) change.repaint("endpoint/" + site);
            return null;
        });
    }

    /** Whoever is invited already is not invited twice; one who is taken elsewhere at that hour is left to the planner. */
    public void heirDue(Map<String, Object> detail) {
        var id = UUID.fromString((String) detail.get("briefing"));
        var old = UUID.fromString((String) detail.get("old"));
        var heir = UUID.fromString((String) detail.get("heir"));
        try {
            journal.db().attempt(() -> {
                if (old.equals(briefings.get(id).plan().hub())) return null;
                invitations.uninvite(by(detail), id, old);
                invitations.invite(by(detail), id, List.of(heir), other -> false);
                return null;
            });
        } catch (Refusal refusal) {
            log.info("briefing {} keeps the endpoint {} that ends before it: {}", id, old, refusal.type());
        }
    }

    private static Actor by(Map<String, Object> detail) {
        return new Actor((String) detail.get("by"));
    }

    @Override
    public void plan(Briefing briefing, Fields plan) {
        var start = briefing.plan().start();
        var end = briefing.plan().end();
        if (briefing.status().over() || end.isBefore(journal.now())) return;
        var invited = briefings.endpoints(briefing.id());
        var warnings = new ArrayList<Map<String, Object>>();
        var names = directory.endpointsAt(invited, start);
        for (var window : maintenance.meeting(invited, start, end))
            warnings.add(Fields.of("kind", "MAINTENANCE")
                    .and("endpoint", window.endpoint())
                    .and("name", names.get(window.endpoint()).name())
                    .and("from", window.from())
                    .and("to", window.to())
                    .and("reason", window.reason()));
        for (var ended : sql.ended(invited, LocalDate.ofInstant(start, Directory.ZONE)))
            warnings.add(Fields.of("kind", "ENDED")
                    .and("endpoint", ended.endpoint())
                    .and("name", names.get(ended.endpoint()).name())
                    .and("until", ended.until())
                    .and("hub", ended.endpoint().equals(briefing.plan().hub()) ? true : null)
                    .and("heir", ended.heirName()));
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
