package vn.giaoban.bridge.sitelist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import vn.giaoban.bridge.Invitation;
import vn.giaoban.bridge.Invitations;
import vn.giaoban.bridge.check.Check;
import vn.giaoban.bridge.check.Checks;
import vn.giaoban.bridge.reply.Replies;
import vn.giaoban.bridge.reply.Reply;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Status;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.registry.Registry;
import vn.giaoban.directory.registry.card.Card;
import vn.giaoban.directory.registry.card.Column;

/** The list of a briefing's sites with all that the house knows of each: its place, who answers there, how it tested. */
public final class SiteLists {
    private final Invitations invitations;
    private final Directory directory;
    private final Registry registry;
    private final Checks checks;
    private final Replies replies;

    public SiteLists(Invitations invitations, Directory directory, Registry registry, Checks checks, Replies replies) {
        this.invitations = invitations;
        this.directory = directory;
        this.registry = registry;
        this.checks = checks;
        this.replies = replies;
    }

    /** In the order of protocol, as the sites were called at the hour of the briefing; the hub first. */
    List<SiteRow> of(Briefing briefing) {
        var invited = new HashMap<UUID, Invitation>();
        invitations.of(briefing.id()).forEach(invitation -> invited.put(invitation.endpoint(), invitation));
        var cards = registry.get(invited.keySet());
        var answers = replies.answers(briefing.id());
        var registered = replies.registered(briefing.id());
        var tests = tests(briefing.id());
        var rows = new ArrayList<SiteRow>();
        var sites = directory.endpointsAt(invited.keySet(), briefing.plan().start()).values().stream()
                .sorted(Comparator.comparing((Endpoint site) ->
                                !site.id().equals(briefing.plan().hub()))
                        .thenComparingInt(Endpoint::sort))
                .toList();
        for (var site : sites) {
            var card = cards.get(site.id());
            var tested = tests.getOrDefault(site.id(), List.of());
            rows.add(new SiteRow(
                    rows.size() + 1,
                    site.id(),
                    site.name(),
                    site.id().equals(briefing.plan().hub()) ? SiteRow.Level.CENTRE : level(site.kind()),
                    text(card, Column.ROOM),
                    registered.getOrDefault(site.id(), 0),
                    equipment(card),
                    contacts(card),
                    tested.isEmpty() ? null : tested.getFirst(),
                    tested.size() < 2 ? null : tested.getLast(),
                    answer(answers.get(site.id())),
                    shown(briefing) ? invited.get(site.id()).state().name() : null));
        }
        return rows;
    }

    private static boolean shown(Briefing briefing) {
        return briefing.status().doorsOpen() || briefing.status() == Status.CLOSED;
    }

    private static String answer(Reply reply) {
        return reply == null ? null : reply.answer().name();
    }

    /** The first test of each site, and its last one where there was more than one. */
    private Map<UUID, List<SiteRow.Test>> tests(UUID briefing) {
        var tests = new HashMap<UUID, List<SiteRow.Test>>();
        checks.all(briefing).stream()
                .sorted(Comparator.comparing(Check::measuredAt))
                .forEach(check -> tests.computeIfAbsent(check.endpoint(), id -> new ArrayList<>())
                        .add(new SiteRow.Test(check.verdict().grade().name(), check.measuredAt())));
        return tests;
    }

    private static SiteRow.Level level(Endpoint.Kind kind) {
        return switch (kind) {
            case CENTRE -> SiteRow.Level.CENTRE;
            case REPRESENTATIVE -> SiteRow.Level.MINISTRY;
            case DEPARTMENT -> SiteRow.Level.PROVINCE;
            case STATION -> SiteRow.Level.COMMUNE;
            case HOSPITAL, UNIT -> SiteRow.Level.UNIT;
        };
    }

    private static List<String> equipment(Card card) {
        if (card == null) return List.of();
        var things = new ArrayList<>(card.facts().equipment());
        things.add(Stream.of(text(card, Column.PROVIDER), megabits(card))
                .filter(text -> !text.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElse(""));
        things.add(text(card, Column.SECOND_ROUTE));
        things.removeIf(String::isEmpty);
        return List.copyOf(things);
    }

    private static String megabits(Card card) {
        var megabits = text(card, Column.MBPS);
        return megabits.isEmpty() || megabits.equals("0") ? "" : megabits + " Mb/s";
    }

    private static List<SiteRow.Contact> contacts(Card card) {
        if (card == null) return List.of();
        var contacts = new ArrayList<SiteRow.Contact>();
        if (!text(card, Column.DUTY_NAME).isEmpty()
                || !text(card, Column.DUTY_PHONE).isEmpty())
            contacts.add(new SiteRow.Contact(text(card, Column.DUTY_NAME), text(card, Column.DUTY_PHONE)));
        card.facts().contacts().forEach(one -> contacts.add(new SiteRow.Contact(one.name(), one.phone())));
        return contacts;
    }

    private static String text(Card card, Column column) {
        return card == null ? "" : card.facts().get(column);
    }
}
