package vn.giaoban.attendance;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import vn.giaoban.agenda.Agenda;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Journal;
import vn.giaoban.people.Person;

/** The calls about delegates, the attendance list and the timing report. */
public final class AttendanceRoutes {
    private final Journal journal;
    private final Briefings briefings;
    private final Delegates delegates;
    private final Attendance attendance;
    private final Agenda agenda;
    private final Function<UUID, List<Timing.Speaking>> spoken;
    private final Once once;

    public AttendanceRoutes(
            Journal journal,
            Briefings briefings,
            Delegates delegates,
            Attendance attendance,
            Agenda agenda,
            Function<UUID, List<Timing.Speaking>> spoken,
            Once once) {
        this.journal = journal;
        this.briefings = briefings;
        this.delegates = delegates;
        this.attendance = attendance;
        this.agenda = agenda;
        this.spoken = spoken;
        this.once = once;
    }

    public void mount(Api api) {
        api.on("addDelegate", this::addDelegate)
                .on("seatDelegate", this::seatDelegate)
                .on("removeDelegate", this::removeDelegate)
                .on(
                        "readAttendance",
                        call -> Answer.ok(attendance.read(demand(call).id())))
                .on("exportAttendance", this::exportAttendance)
                .on("addAddendum", this::addAddendum)
                .on("readTiming", call -> Answer.ok(timing(demand(call))))
                .on("exportTiming", this::exportTiming);
    }

    private Briefing demand(Call call) {
        return briefings.demand(Person.of(call), call.operation(), call.id("briefing"));
    }

    private Person demandAt(Call call) {
        var me = Person.of(call);
        briefings.demandAt(me, call.operation(), call.id("briefing"), call.id("endpoint"));
        return me;
    }

    private Answer addDelegate(Call call) {
        var me = demandAt(call);
        var name = call.field("name");
        if (name.isEmpty()) throw Refusal.field("/name", "too-short");
        return once.of(
                call,
                () -> Answer.created(DelegateView.answer(delegates.add(
                        me.actor(), call.id("briefing"), call.id("endpoint"), name, call.field("title", "")))));
    }

    private Answer seatDelegate(Call call) {
        var me = demandAt(call);
        return Answer.ok(DelegateView.answer(
                delegates.arrive(me.actor(), call.id("briefing"), call.id("endpoint"), call.id("delegate"))));
    }

    private Answer removeDelegate(Call call) {
        var me = demandAt(call);
        delegates.remove(me.actor(), call.id("briefing"), call.id("endpoint"), call.id("delegate"));
        return Answer.nothing();
    }

    private Answer addAddendum(Call call) {
        demand(call);
        var text = call.field("text");
        if (text.isEmpty()) throw Refusal.field("/text", "too-short");
        return once.of(call, () -> Answer.created(attendance.add(Person.of(call), call.id("briefing"), text)));
    }

    private Map<String, Object> timing(Briefing briefing) {
        return Timing.of(briefing, agenda.items(briefing.id()), spoken.apply(briefing.id()), journal.now());
    }

    private Answer exportAttendance(Call call) {
        var briefing = demand(call);
        return Answer.csv(
                "attendance-" + briefing.id() + ".csv",
                Reports.attendance(attendance.read(briefing.id()), call.words()));
    }

    private Answer exportTiming(Call call) {
        var briefing = demand(call);
        return Answer.csv("timing-" + briefing.id() + ".csv", Reports.timing(timing(briefing), call.words()));
    }
}
