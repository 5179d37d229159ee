package vn.giaoban.agenda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import vn.giaoban.agenda.AgendaItem.Status;
import vn.giaoban.journal.Audience;

/** Expected times follow from the plan and from what has happened, whoever may see the items. */
class RundownTest {
    private static final Instant EIGHT = Instant.parse("2026-12-01T01:00:00Z");

    /** A run that can happen: items done or skipped one after another, perhaps one live, the rest planned. */
    record Run(List<AgendaItem> items, Instant startedAt) {}

    private record Step(int minutes, int took, boolean skipped, boolean hidden, boolean late) {}

    @Provide
    Arbitrary<Run> runs() {
        var numbers = Arbitraries.integers().between(1, 60);
        var flags = Arbitraries.integers().between(0, 3).map(n -> n == 0);
        var steps = Combinators.combine(numbers, numbers, flags, flags, flags).as(Step::new);
        return Combinators.combine(
                        steps.list().ofMinSize(1).ofMaxSize(12),
                        Arbitraries.integers().between(-1, 12),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(-20, 40))
                .as(RundownTest::run);
    }

    private static Run run(List<Step> steps, int done, boolean live, int delay) {
        var startedAt = done < 0 ? null : EIGHT.plus(Duration.ofMinutes(delay));
        var cursor = startedAt;
        var plan = EIGHT;
        var items = new ArrayList<AgendaItem>();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var text = new AgendaItem.Text(
                    "Mục " + i, "", step.minutes(), "", null, step.hidden() ? Audience.STAFF : Audience.PUBLIC);
            var status = step.skipped() && startedAt != null
                    ? Status.SKIPPED
                    : i < done ? Status.DONE : i == done && live ? Status.LIVE : Status.PLANNED;
            var started = status == Status.DONE || status == Status.LIVE ? cursor : null;
            if (status == Status.DONE) cursor = cursor.plus(Duration.ofMinutes(step.took()));
            items.add(new AgendaItem(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    i,
                    text,
                    status,
                    step.late() && startedAt != null,
                    startedAt == null || step.late() ? null : plan,
                    started,
                    status == Status.DONE ? cursor : null,
                    1));
            plan = plan.plus(Duration.ofMinutes(step.minutes()));
        }
        return new Run(items, startedAt);
    }

    private static Rundown of(Run run) {
        return Rundown.of(run.items(), EIGHT, run.startedAt());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void oneAfterAnotherWithoutGapOrOverlap(@ForAll("runs") Run run) {
        var rundown = of(run);
        var before = run.startedAt() == null ? EIGHT : run.startedAt();
        for (var item : run.items()) {
            var slot = rundown.slots().get(item.id());
            if (item.status() == Status.SKIPPED) continue;
            assertFalse(slot.expectedStart().isBefore(before));
            assertFalse(slot.expectedEnd().isBefore(slot.expectedStart()));
            if (item.status() == Status.PLANNED) {
                assertEquals(before, slot.expectedStart());
                assertEquals(
                        Duration.ofMinutes(item.text().minutes()),
                        Duration.between(slot.expectedStart(), slot.expectedEnd()));
            }
            before = slot.expectedEnd();
        }
        assertEquals(before, rundown.expectedEnd());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsDoneStandsAsItWas(@ForAll("runs") Run run) {
        for (var item : run.items()) {
            var slot = of(run).slots().get(item.id());
            if (item.status() == Status.DONE) {
                assertEquals(item.startedAt(), slot.expectedStart());
                assertEquals(item.endedAt(), slot.expectedEnd());
            }
            if (item.status() == Status.LIVE) assertEquals(item.startedAt(), slot.expectedStart());
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void hiddenItemsTakeTheirTimeLikeAnyOther(@ForAll("runs") Run run) {
        var open = run.items().stream()
                .map(item -> new AgendaItem(
                        item.id(),
                        item.briefing(),
                        item.place(),
                        new AgendaItem.Text("", "", item.text().minutes(), "", null, Audience.PUBLIC),
                        item.status(),
                        item.late(),
                        item.plannedStart(),
                        item.startedAt(),
                        item.endedAt(),
                        1))
                .toList();
        assertEquals(of(run), Rundown.of(open, EIGHT, run.startedAt()));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void whatIsSkippedTakesNoTime(@ForAll("runs") Run run) {
        var rundown = of(run);
        var left = run.items().stream()
                .filter(item -> item.status() != Status.SKIPPED)
                .toList();
        var without = Rundown.of(left, EIGHT, run.startedAt());
        assertEquals(without.expectedEnd(), rundown.expectedEnd());
        assertEquals(without.plannedMinutes(), rundown.plannedMinutes());
        for (var item : left)
            assertEquals(without.slots().get(item.id()), rundown.slots().get(item.id()));
        for (var item : run.items())
            if (item.status() == Status.SKIPPED) {
                assertNull(rundown.slots().get(item.id()).expectedStart());
                assertNull(rundown.slots().get(item.id()).expectedEnd());
            }
    }

    @Example
    void beforeTheStartThePlanIsWhatIsExpected() {
        var run = run(List.of(new Step(10, 0, false, false, false), new Step(20, 0, false, true, false)), -1, false, 0);
        var slots = of(run).slots().values().stream().toList();
        assertEquals(new Rundown.Slot(EIGHT, EIGHT, EIGHT.plusSeconds(600)), slots.get(0));
        assertEquals(
                new Rundown.Slot(EIGHT.plusSeconds(600), EIGHT.plusSeconds(600), EIGHT.plusSeconds(1800)),
                slots.get(1));
        assertEquals(30, of(run).plannedMinutes());
    }
}
