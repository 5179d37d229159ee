package vn.giaoban.directory;

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
        UNIT
    }
}
