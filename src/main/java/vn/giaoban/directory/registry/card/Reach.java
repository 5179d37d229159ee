package vn.giaoban.directory.registry.card;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import vn.giaoban.directory.Directory;
import vn.giaoban.directory.WorkingDays;

/** Whom to call at an endpoint at a given moment: in working hours its contact, otherwise whoever is on duty. */
public record Reach(Who who, String name, String phone) {
    public enum Who {
        CONTACT,
        DUTY,
        FALLBACK
    }

    /** Null where no number is known that would be answered, or any at all. */
    public static Reach at(Facts facts, WorkingDays days, Instant at) {
        var time = LocalTime.ofInstant(at, Directory.ZONE);
        if (days.isWorking(LocalDate.ofInstant(at, Directory.ZONE)))
            for (var contact : facts.contacts())
                if (contact.answers(time)) return new Reach(Who.CONTACT, contact.name(), contact.phone());
        var duty = facts.get(Column.DUTY_PHONE);
        if (!duty.isEmpty()) return new Reach(Who.DUTY, facts.get(Column.DUTY_NAME), duty);
        var fallback = facts.get(Column.FALLBACK_PHONE);
        return fallback.isEmpty() ? null : new Reach(Who.FALLBACK, "", fallback);
    }
}
