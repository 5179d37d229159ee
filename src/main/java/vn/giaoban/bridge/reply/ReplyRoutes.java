package vn.giaoban.bridge.reply;

import vn.giaoban.briefing.Briefings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;
import vn.giaoban.people.Person;

/** The calls about what sites answer to their invitations. */
public final class ReplyRoutes {
    private final Replies replies;
    private final Briefings briefings;

    public ReplyRoutes(Replies replies, Briefings briefings) {
        this.replies = replies;
        this.briefings = briefings;
    }

    public void mount(Api api) {
        api.on(
                        "listReplies",
                        call -> Answer.ok(
                                replies.list(briefings.demand(Person.of(call), call.operation(), call.id("briefing")))))
                .on("setReplyBy", this::deadline)
                .on("answerInvitation", this::answer)
                .on("acceptSubstitute", call -> decide(call, Reply.Consent.ACCEPTED))
                .on("refuseSubstitute", call -> decide(call, Reply.Consent.REFUSED));
    }

    private Answer deadline(Call call) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return Answer.ok(replies.deadline(me, call.id("briefing"), call.fieldInstant("replyBy")));
    }

    private Answer answer(Call call) {
        var me = Person.of(call);
        briefings.demandAt(me, call.operation(), call.id("briefing"), call.id("endpoint"));
        var wish = new Replies.Wish(
                call.field(Reply.Answer.class, "answer", null), call.field("reason", ""), substitute(call));
        return Answer.ok(replies.answer(me, call.id("briefing"), call.id("endpoint"), wish));
    }

    private static Reply.Substitute substitute(Call call) {
        var name = call.field("substitute", "");
        if (call.says("substitute") && name.isEmpty()) throw Refusal.field("/substitute", "too-short");
        return name.isEmpty()
                ? null
                : Reply.Substitute.named(name, call.field("substituteTitle", ""), call.field("instead", ""));
    }

    private Answer decide(Call call, Reply.Consent decision) {
        var me = Person.of(call);
        briefings.demand(me, call.operation(), call.id("briefing"));
        return Answer.ok(
                replies.decide(me, call.id("briefing"), call.id("endpoint"), decision, call.field("reason", "")));
    }
}
