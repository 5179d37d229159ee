package vn.giaoban.directory;

import java.util.UUID;

/** Somebody that persons and endpoints belong to: the ministry, a provincial department, a media outlet. */
public record Organisation(UUID id, String code, String name, String nameEn, Kind kind) {
    /** The code of the ministry itself. */
    public static final String MINISTRY = "BYT";

    public enum Kind {
        MINISTRY,
        DEPARTMENT,
        OUTLET
    }

    /** The code of the health department of a province of today. */
    public static String ofProvince(String provinceCode) {
        return "SYT-" + provinceCode;
    }
}
