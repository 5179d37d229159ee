package vn.giaoban.bridge;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** What each audience may see of the sites: everybody the totals, staff each one, a site itself. */
final class SiteView {
    private SiteView() {}

    static int expected(Map<Invitation.State, Integer> states) {
        return states.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Everybody sees who is there and who is lost; staff the rest, since above the board's limit nothing else tells it. */
    static Part totals(Briefing briefing, Map<Invitation.State, Integer> states, int delegates) {
        int present = states.entrySet().stream()
                .filter(count -> count.getKey().present())
                .mapToInt(Map.Entry::getValue)
                .sum();
        return new Part(BriefingView.stream(briefing), "sites", audience -> {
            if (!briefing.visibleTo(audience)) return null;
            var totals = Fields.of("expected", expected(states))
                    .and("connected", present)
                    .and("lost", states.getOrDefault(Invitation.State.LOST, 0))
                    .and("delegates", delegates);
            return audience != Audience.STAFF
                    ? totals
                    : totals.and("checked", states.getOrDefault(Invitation.State.CHECKED, 0))
                            .and("weak", states.getOrDefault(Invitation.State.WEAK, 0))
                            .and("onPhone", states.getOrDefault(Invitation.State.ON_PHONE, 0))
                            .and("inSupport", states.getOrDefault(Invitation.State.IN_SUPPORT, 0));
        });
    }

    static Part site(Briefing briefing, Invitation invitation, Endpoint endpoint, int delegates) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("endpoints", invitation.endpoint().toString()),
                List.of(Audience.STAFF),
                audience -> site(invitation, endpoint, delegates));
    }

    private static Fields site(Invitation invitation, Endpoint endpoint, int delegates) {
        var phone = invitation.phone();
        var view = Fields.of("sort", endpoint.sort())
                .and("name", endpoint.name())
                .and("code", endpoint.code())
                .and("kind", endpoint.kind())
                .and("province", endpoint.provinceCode())
                .and("state", invitation.state())
                .and("joinedAt", invitation.joinedAt())
                .and("leftAt", invitation.leftAt())
                .and("lostAt", invitation.line().lostAt())
                .and("weakAt", invitation.weakAt())
                .and("phone", phone == null ? null : phone.number())
                .and("phoneAt", phone == null ? null : phone.at())
                .and("line", invitation.text())
                .and("delegates", delegates);
        return invitation.losses() > 0 ? view.and("losses", invitation.losses()) : view;
    }

    /** The briefing in the site's own stream: am I expected, when, how do I stand, what am I told. */
    static Part own(Briefing briefing, Invitation invitation, Endpoint endpoint) {
        return new Part(
                "endpoint/" + invitation.endpoint(),
                List.of("briefings", briefing.id().toString()),
                List.of(Audience.SITE),
                audience -> !briefing.shownToSites()
                        ? null
                        : BriefingView.card(briefing)
                                .and("opensAt", briefing.opensAt())
                                .and("openedAt", briefing.openedAt())
                                .and("startedAt", briefing.startedAt())
                                .and("closedAt", briefing.closedAt())
                                .and("site", endpoint.name())
                                .and("state", invitation.state())
                                .and("joinedAt", invitation.joinedAt())
                                .and("leftAt", invitation.leftAt())
                                .and("line", invitation.text())
                                .and("lineAt", invitation.textAt()));
    }

    static Map<String, Object> invitation(
            Invitation invitation, Endpoint endpoint, List<Map<String, Object>> delegates) {
        return Fields.of("endpoint", invitation.endpoint())
                .and("name", endpoint.name())
                .and("state", invitation.state())
                .and("joinedAt", invitation.joinedAt())
                .and("leftAt", invitation.leftAt())
                .and("losses", invitation.losses())
                .and("delegates", delegates);
    }

    static UUID endpointOf(String stream) {
        return UUID.fromString(stream.substring("endpoint/".length()));
    }
}
