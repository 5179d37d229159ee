package vn.giaoban.bridge.reply;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.BriefingView;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.journal.Audience;
import vn.giaoban.journal.Part;

/** What each audience may see of the answers: sites until when, staff all of it, a site its own. */
final class ReplyView {
    private ReplyView() {}

    static Part totals(Briefing briefing, Instant deadline, ReplySql.Totals totals) {
        return new Part(BriefingView.stream(briefing), "replies", audience -> {
            if (!audience.sees(Audience.SITE) || !briefing.visibleTo(audience)) return null;
            var view = Fields.of("by", deadline);
            if (audience == Audience.STAFF)
                view.and("confirmed", totals.confirmed())
                        .and("declined", totals.declined())
                        .and("asked", totals.asked());
            return view.isEmpty() ? null : view;
        });
    }

    /** Beside the site's line state, for staff. Nothing answered and nobody registered: not there. */
    static Part site(Briefing briefing, UUID endpoint, Reply reply, int registered) {
        return new Part(
                BriefingView.stream(briefing),
                List.of("endpoints", endpoint.toString(), "reply"),
                List.of(Audience.STAFF),
                audience -> {
                    if (reply == null && registered == 0) return null;
                    return facts(briefing, reply).and("registered", registered > 0 ? registered : null);
                });
    }

    /** In the site's own stream, beside the briefing that it is invited to. */
    static Part own(Briefing briefing, UUID endpoint, Reply reply) {
        return new Part(
                "endpoint/" + endpoint,
                List.of("briefings", briefing.id().toString(), "reply"),
                List.of(Audience.SITE),
                audience -> reply == null || !briefing.shownToSites() ? null : facts(briefing, reply));
    }

    private static Fields facts(Briefing briefing, Reply reply) {
        if (reply == null) return new Fields();
        var view = Fields.of("answer", reply.answer())
                .and("reason", reply.reason())
                .and("at", reply.at());
        if (reply.late()) view.and("late", true);
        if (!reply.start().equals(briefing.plan().start())) view.and("start", reply.start());
        return view.and("substitute", reply.substitute() == null ? null : substitute(reply.substitute()));
    }

    private static Fields substitute(Reply.Substitute substitute) {
        return Fields.of("name", substitute.name())
                .and("title", substitute.title())
                .and("instead", substitute.instead())
                .and("consent", substitute.consent())
                .and("note", substitute.note())
                .and("decidedAt", substitute.decidedAt());
    }

    static Fields answer(
            Briefing briefing, Endpoint endpoint, Reply reply, int registered, List<Contacts.Contact> contacts) {
        return facts(briefing, reply)
                .and("endpoint", endpoint.id())
                .and("name", endpoint.name())
                .and("registered", registered)
                .and("contacts", contacts.stream().map(ReplyView::contact).toList());
    }

    private static Map<String, Object> contact(Contacts.Contact contact) {
        return Fields.of("name", contact.name())
                .and("title", contact.title())
                .and("phone", contact.phone())
                .and("email", contact.email());
    }
}
