package vn.giaoban;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import vn.giaoban.agenda.Agenda;
import vn.giaoban.agenda.AgendaRoutes;
import vn.giaoban.attendance.Attendance;
import vn.giaoban.attendance.AttendanceRoutes;
import vn.giaoban.attendance.Delegates;
import vn.giaoban.attendance.rollcall.RollCallRoutes;
import vn.giaoban.attendance.rollcall.RollCalls;
import vn.giaoban.bridge.Board;
import vn.giaoban.bridge.BridgeRoutes;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.Lines;
import vn.giaoban.bridge.Presence;
import vn.giaoban.bridge.check.CheckRoutes;
import vn.giaoban.bridge.check.Checks;
import vn.giaoban.bridge.line.LineRoutes;
import vn.giaoban.bridge.line.LineWindows;
import vn.giaoban.bridge.passport.PassportRoutes;
import vn.giaoban.bridge.passport.Passports;
import vn.giaoban.bridge.relay.Relay;
import vn.giaoban.bridge.relay.RelayRoutes;
import vn.giaoban.bridge.reply.Contacts;
import vn.giaoban.bridge.reply.Replies;
import vn.giaoban.bridge.reply.ReplyRoutes;
import vn.giaoban.bridge.sitelist.SiteListRoutes;
import vn.giaoban.bridge.sitelist.SiteLists;
import vn.giaoban.bridge.succession.Succession;
import vn.giaoban.bridge.support.Alarms;
import vn.giaoban.bridge.support.Support;
import vn.giaoban.bridge.support.SupportRoutes;
import vn.giaoban.bridge.wave.WaveRoutes;
import vn.giaoban.bridge.wave.Waves;
import vn.giaoban.briefing.BriefingRoutes;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.briefing.Overruns;
import vn.giaoban.conf.Settings;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.DirectoryRoutes;
import vn.giaoban.directory.map.MapRoutes;
import vn.giaoban.directory.map.ProvinceMap;
import vn.giaoban.directory.registry.Consequences;
import vn.giaoban.directory.registry.Imports;
import vn.giaoban.directory.registry.Registry;
import vn.giaoban.directory.registry.RegistryRoutes;
import vn.giaoban.directory.registry.card.Column;
import vn.giaoban.directory.registry.maintenance.MaintenanceWindows;
import vn.giaoban.floor.Floor;
import vn.giaoban.floor.FloorRoutes;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.http.Origins;
import vn.giaoban.jitsi.Inbound;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Chain;
import vn.giaoban.journal.DueActs;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.People;
import vn.giaoban.people.Person;
import vn.giaoban.people.Policy;
import vn.giaoban.people.Scope;

/** The rooms of briefings and of the sites that take part, wired by hand: who knows whom, and who is told of what. */
final class House {
    /** How often a node looks whether it has itself seen a line go. */
    private static final long EDGE_MS = 100;

    private final Settings settings;
    private final Clock clock;
    private final Journal journal;
    private final Directory directory;
    private final People people;
    private final Consequences consequences;
    private final Registry registry;
    final Imports imports;
    private final MaintenanceWindows maintenance;
    final Briefings briefings;
    private final Overruns overruns;
    final Agenda agenda;
    private final Board board;
    final Lines lines;
    final Invitations invitations;
    private final Replies replies;
    final Delegates delegates;
    private final Checks checks;
    private final Waves waves;
    final Floor floor;
    private final Relay relay;
    private final RollCalls rollCalls;
    final Attendance attendance;
    private final LineWindows windows;
    private final Support support;
    private final Alarms alarms;
    private final Video video;
    private final Succession succession;

    House(Vertx vertx, Settings settings, Clock clock, Journal journal, Directory directory, People people) {
        this.settings = settings;
        this.clock = clock;
        this.journal = journal;
        this.directory = directory;
        this.people = people;
        consequences = new Consequences(journal, directory);
        registry = new Registry(journal, directory, settings.registry(), consequences);
        imports = new Imports(journal, registry, directory, settings.registry());
        maintenance = new MaintenanceWindows(journal, settings.registry().maxMaintenance());
        briefings = new Briefings(journal, settings.briefing());
        overruns = new Overruns(journal, briefings, settings.briefing());
        agenda = new Agenda(
                journal,
                briefings,
                overruns,
                (endpoint, at) -> directory.endpointAt(endpoint, at).name(),
                settings.briefing().maxItems());
        board = new Board(journal, directory, settings.briefing().maxOnBoard());
        lines = new Lines(journal, briefings, board, settings.briefing().mergeGapSeconds());
        invitations = new Invitations(journal, briefings, directory, board, lines, settings.briefing());
        replies = new Replies(journal, briefings, invitations, directory);
        delegates = new Delegates(
                journal, briefings, invitations, replies, settings.briefing().maxDelegatesPerSite());
        checks = new Checks(journal, briefings, invitations, settings.check());
        waves = new Waves(journal, briefings, invitations, checks, directory);
        floor = new Floor(
                journal,
                briefings,
                invitations,
                delegates,
                directory,
                settings.briefing().maxFloorRequests());
        relay = new Relay(journal, briefings, invitations, directory, floor, settings.briefing());
        rollCalls = new RollCalls(
                journal, briefings, invitations, directory, ids -> named(people, ids), settings.rollCall());
        attendance = new Attendance(
                journal,
                briefings,
                invitations,
                delegates,
                rollCalls,
                directory,
                settings.briefing().maxAddenda());
        windows = new LineWindows(
                journal, briefings, board, invitations, settings.briefing().maxLineReports());
        support = new Support(journal, briefings, board);
        alarms = new Alarms(journal, briefings, board);
        board.seats(delegates);
        replies.registered(delegates);
        replies.contacts(ids -> contacts(registry, ids));
        invitations.onDeparture(replies);
        invitations.onDeparture(rollCalls);
        invitations.onDeparture(floor);
        invitations.onDeparture(delegates);
        invitations.onDeparture(checks);
        invitations.onDeparture(waves);
        checks.onRecorded(waves);
        invitations.onDeparture(support);
        invitations.onDeparture(alarms);
        support.onAside(floor);
        invitations.onDeparture(relay);
        delegates.onDeparture(floor);
        briefings.accompany(agenda);
        briefings.accompany(invitations);
        video = new Video(vertx, settings.jitsi(), clock, journal, briefings, directory, board, support);
        briefings.accompany(lines); // after the video, which still knows who is there
        briefings.accompany(replies);
        briefings.accompany(support);
        briefings.accompany(alarms);
        briefings.accompany(delegates);
        briefings.accompany(checks);
        briefings.accompany(waves);
        briefings.accompany(floor);
        briefings.accompany(relay);
        briefings.accompany(rollCalls);
        briefings.accompany(attendance); // last: it writes down what the others leave
        succession = new Succession(journal, briefings, invitations, maintenance, directory);
        briefings.accompany(succession);
        consequences.then(succession);
        journal.painter(briefings.painter());
        journal.painter(invitations);
    }

    /** What happens at a time. */
    void due(DueActs due) {
        due.on(
                        "briefing.open",
                        (briefing, detail) ->
                                briefings.openDue(UUID.fromString(briefing), Instant.parse((String) detail.get("at"))))
                .on(
                        RollCalls.TIME_IS_UP,
                        (briefing, detail) ->
                                rollCalls.timeIsUp(UUID.fromString(briefing), (String) detail.get("calledAt")))
                .on(Overruns.LOOK, (briefing, detail) -> overrun(UUID.fromString(briefing)))
                .on(Consequences.TURN, (endpoint, detail) -> consequences.turnDue(UUID.fromString(endpoint)))
                .on(People.RENAMED, (person, detail) -> briefings.renamedDue(UUID.fromString(person), detail))
                .on(Briefings.RENAMED, (briefing, detail) -> briefings.calledDue(detail))
                .on(Consequences.FOLLOW, (endpoint, detail) -> consequences.followDue(detail))
                .on(Succession.NAMES, (briefing, detail) -> succession.namesDue(UUID.fromString(briefing), detail))
                .on(Succession.HEIR, (old, detail) -> succession.heirDue(detail))
                .on("briefing.archive", (briefing, detail) -> briefings.archiveDue(UUID.fromString(briefing)));

        video.due(due);
    }

    /** The calls of people; what is returned are those of Jitsi. */
    Inbound mount(Api api, Origins origins, Meters meters, Once once) {
        new DirectoryRoutes(directory).mount(api);
        new MapRoutes(new ProvinceMap(journal, registry, directory, succession), House::mayAtEndpoint).mount(api);
        Function<String, String> actors = actor -> {
            var person = actor.length() == 36 ? people.find(UUID.fromString(actor)) : null;
            return person == null ? "" : person.name();
        };
        new RegistryRoutes(
                        registry,
                        imports,
                        maintenance,
                        directory,
                        House::mayAtEndpoint,
                        new Chain(journal.db()),
                        once,
                        actors)
                .mount(api);
        new BriefingRoutes(briefings, directory, new Chain(journal.db()), once, person -> people.find(person) != null)
                .mount(api);
        new AgendaRoutes(agenda, briefings, once, endpoint -> directory.endpoint(endpoint) != null).mount(api);
        new BridgeRoutes(invitations, briefings, once).mount(api);
        new CheckRoutes(checks, briefings, settings, clock, once).mount(api);
        new WaveRoutes(waves, briefings, settings.check()).mount(api);
        new ReplyRoutes(replies, briefings).mount(api);
        new LineRoutes(windows, briefings, journal).mount(api);
        new SupportRoutes(support, alarms, invitations, briefings).mount(api);
        new SiteListRoutes(new SiteLists(invitations, directory, registry, checks, replies), briefings, directory)
                .mount(api);
        new PassportRoutes(new Passports(journal, briefings, invitations, directory), briefings, directory).mount(api);
        new RollCallRoutes(rollCalls, briefings, once).mount(api);
        new FloorRoutes(floor, briefings, once).mount(api);
        new RelayRoutes(relay, briefings).mount(api);
        new AttendanceRoutes(journal, briefings, delegates, attendance, agenda, floor::spoken, once).mount(api);
        return video.mount(api, origins, meters);
    }

    void beats(Beats beats, Presence presence) {
        beats.every(1_000, "presence", () -> {
            presence.beat();
            lines.reconcile();
        });
        beats.every(500, "line windows", windows::beat);
        // A site that is lost is shown at once where this very node has seen it.
        beats.every(EDGE_MS, "lines", () -> {
            if (presence.stirred()) lines.reconcile();
        });
        video.beats(beats);
        beats.every(1_000, "relay", relay::lapse);
    }

    void meters(Meters meters) {
        video.meters(meters);
    }

    /** What the registry asks of an endpoint, as the policy's rules are written: whose it is, and which one. */
    private static boolean mayAtEndpoint(Call call, String verb, UUID organisation, UUID endpoint) {
        var endpoints = endpoint == null ? Set.<UUID>of() : Set.of(endpoint);
        return Policy.may(Person.of(call), verb, new Scope(organisation, Set.of(), endpoints, Audience.PUBLIC, false));
    }

    /** Near and past the planned end, every five minutes: whose booking comes next. */
    private void overrun(UUID id) {
        var briefing = briefings.get(id);
        overruns.watch(id, agenda.expectedEnd(briefing));
    }

    /** How these persons are called. */
    private static Map<UUID, String> named(People people, Set<UUID> ids) {
        var names = new HashMap<UUID, String>();
        for (var id : ids) {
            var person = people.find(id);
            if (person != null) names.put(id, person.name());
        }
        return names;
    }

    /** Whom the registry knows at these sites: the technician on duty first. */
    private static Map<UUID, List<Contacts.Contact>> contacts(Registry registry, Collection<UUID> ids) {
        var all = new HashMap<UUID, List<Contacts.Contact>>();
        registry.get(ids).forEach((id, card) -> {
            var facts = card.facts();
            var people = new ArrayList<Contacts.Contact>();
            if (!facts.get(Column.DUTY_NAME).isEmpty()
                    || !facts.get(Column.DUTY_PHONE).isEmpty())
                people.add(new Contacts.Contact(facts.get(Column.DUTY_NAME), "", facts.get(Column.DUTY_PHONE), ""));
            facts.contacts()
                    .forEach(one -> people.add(new Contacts.Contact(one.name(), one.role(), one.phone(), one.email())));
            all.put(id, people);
        });
        return all;
    }
}
