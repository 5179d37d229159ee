package vn.giaoban.directory;

import java.time.LocalDate;
import java.util.List;

/**
 * A province or centrally run city as it stood on a day. A bare code says nothing: seven codes changed their meaning
 * on 2025-07-01, so the key is system and code, and names and types are those of the day.
 */
public record Province(
        String codeSystem,
        String code,
        String fullName,
        String nameEn,
        String type,
        String region,
        LocalDate validFrom,
        LocalDate validTo,
        String successor,
        List<String> predecessors) {
    /** The system of codes in force since 2025-07-01, when 63 became 34. */
    public static final String SYSTEM_OF_TODAY = "gso-34";

    /** The last day of the map before that. */
    public static final LocalDate LAST_OF_63 = LocalDate.of(2025, 6, 30);

    private static final String PROVINCE = "Tỉnh ";
    private static final String CITY = "Thành phố ";

    public String name() {
        return name(fullName);
    }

    /** The provincial department of health, named as the ministry names it: "Sở Y tế tỉnh …", "Sở Y tế Thành phố …". */
    public String healthDepartment() {
        return healthDepartment(fullName);
    }

    static String name(String fullName) {
        if (fullName.startsWith(PROVINCE)) return fullName.substring(PROVINCE.length());
        return fullName.startsWith(CITY) ? fullName.substring(CITY.length()) : fullName;
    }

    /** The department of a province of this full name. */
    public static String department(String fullName) {
        return healthDepartment(fullName);
    }

    static String healthDepartment(String fullName) {
        return "Sở Y tế " + (fullName.startsWith(PROVINCE) ? "tỉnh " + name(fullName) : fullName);
    }
}
