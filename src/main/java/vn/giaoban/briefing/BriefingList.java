package vn.giaoban.briefing;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Call;
import vn.giaoban.http.Page;
import vn.giaoban.people.Person;
import vn.giaoban.people.Policy;
import vn.giaoban.people.Role;

/** The list of briefings, page by page: what the asker may see of each, soonest first. */
record BriefingList(Briefings briefings) {
    private record After(Instant start, UUID id) {}

    Answer list(Call call) {
        var who = Person.of(call);
        var after = Page.after(call.text("after"), 2, key -> new After(Instant.parse(key[0]), UUID.fromString(key[1])));
        var filter = new BriefingSql.Filter(
                call.instant("from"),
                call.instant("to"),
                call.text("kind") == null ? null : Kind.valueOf(call.text("kind")),
                call.text("status") == null ? null : Status.valueOf(call.text("status")),
                call.text("q"),
                after == null ? null : after.start(),
                after == null ? null : after.id(),
                call.limit() + 1);
        var page = Page.of(
                briefings.list(filter, reach(who)),
                call.limit(),
                last -> List.of(last.plan().start(), last.id()));
        var items = page.items().stream()
                .map(briefing -> card(briefing, who))
                .filter(Objects::nonNull)
                .toList();
        return Answer.ok(Fields.of("items", items).and("next", page.next()));
    }

    /** The table lets through what it should; the policy has the last word. */
    private Fields card(Briefing briefing, Person who) {
        var scope = briefings.scope(briefing, who, null);
        var audience = Policy.audience(who, scope);
        if (audience == null) return null;
        var card = BriefingView.card(briefing).and("id", briefing.id()).and("audience", audience.word());
        var mine = scope.endpoints().stream().map(UUID::toString).sorted().toList();
        return mine.isEmpty() ? card : card.and("endpoints", mine);
    }

    private static BriefingSql.Reach reach(Person who) {
        return new BriefingSql.Reach(
                who.is(Role.ADMINISTRATOR),
                organisations(who, Set.of(Role.ORGANIZER, Role.CHAIR, Role.SPOKESPERSON)),
                who.id(),
                who.is(Role.JOURNALIST) ? new String[] {"PUBLIC", "PRESS"} : new String[] {"PUBLIC"},
                organisations(who, Set.of(Role.VIEWER)),
                who.roles().stream()
                        .map(Person.Membership::endpoint)
                        .filter(Objects::nonNull)
                        .toArray(UUID[]::new));
    }

    private static UUID[] organisations(Person who, Set<Role> roles) {
        return who.roles().stream()
                .filter(membership -> roles.contains(membership.role()))
                .map(Person.Membership::organisation)
                .distinct()
                .toArray(UUID[]::new);
    }
}
