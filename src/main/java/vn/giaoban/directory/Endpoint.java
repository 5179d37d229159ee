package vn.giaoban.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** A bridge endpoint (điểm cầu): a place with a line, with its place in the order of protocol. */
public record Endpoint(
        UUID id,
        String code,
        String name,
        String nameEn,
        Kind kind,
        UUID organisation,
        String provinceSystem,
        String provinceCode,
        int sort) {
    /** The codes of the two that are not a department's. */
    public static final String CENTRE = "BYT";

    public static final String REPRESENTATIVE = "VPB-HCM";

    public enum Kind {
        CENTRE,
        REPRESENTATIVE,
        DEPARTMENT,
        HOSPITAL,
        /** A commune's health station. */
        STATION,
        UNIT
    }

    /**
     * What an endpoint was called, and whose it was, from one day to another.
     *
     * @param to the last day; null: until further notice
     * @param act the legal act it began by
     */
    public record Period(
            LocalDate from,
            LocalDate to,
            String code,
            String name,
            String nameEn,
            Kind kind,
            UUID organisation,
            UUID parent,
            String provinceSystem,
            String provinceCode,
            String act) {
        public boolean covers(LocalDate day) {
            return !day.isBefore(from) && (to == null || !day.isAfter(to));
        }

        /** The period of a day; before the first one the first, in a gap or at the end the one before. */
        public static Period of(List<Period> inOrder, LocalDate day) {
            var found = inOrder.getFirst();
            for (var period : inOrder) if (!period.from.isAfter(day)) found = period;
            return found;
        }
    }

    /** As it was in a period of its. */
    public Endpoint in(Period period) {
        return new Endpoint(
                id,
                period.code,
                period.name,
                period.nameEn.isEmpty() ? null : period.nameEn,
                period.kind,
                period.organisation,
                period.provinceSystem,
                period.provinceCode,
                sort);
    }
}
