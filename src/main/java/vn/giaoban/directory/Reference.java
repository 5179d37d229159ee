package vn.giaoban.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;

/**
 * The directory as it ships with the program: laid over the tables at every start, so that a newer program brings
 * newer facts. Only rows that differ are written, and only then does the journal say so.
 */
public final class Reference {
    /** Between the representative office and the departments there is room for units of the ministry. */
    private static final int FIRST_DEPARTMENT = 100;

    /** Since before this program: the first day of a period that nobody knows the beginning of. */
    private static final String ALWAYS = "2000-01-01";

    private final List<Map<String, String>> provinces = Csv.rows("provinces");
    private final Map<String, List<Map<String, String>>> types = grouped(Csv.rows("province-types"), Reference::key);
    private final Map<String, List<Map<String, String>>> aliases =
            grouped(Csv.rows("province-aliases"), Reference::key);

    private Reference() {}

    public static void load(Journal journal) {
        var reference = new Reference();
        var sql = new DirectorySql(journal.db());
        journal.write("directory", Actor.SYSTEM, change -> {
            var changed = new TreeMap<String, Object>();
            var ours = sql.changedHere();
            changed.put(
                    "provinces",
                    sql.lay(
                            "province",
                            "code_system, code",
                            reference.provinces().stream()
                                    .filter(row -> !ours.contains(row.get("code_system") + " " + row.get("code")))
                                    .toList()));
            changed.put(
                    "provinceTypes",
                    sql.lay("province_type", "code_system, code, valid_from", Csv.rows("province-types")));
            changed.put("units", sql.lay("ministry_unit", "key", units()));
            changed.put("holidays", sql.lay("holiday", "date, name", Csv.rows("holidays")));
            changed.put("organisations", sql.lay("organisation", "code", reference.organisations()));
            var endpoints = reference.endpoints(sql.organisations());
            changed.put("endpoints", sql.layEndpoints(endpoints, reference.periods(endpoints)));
            changed.values().removeIf(rows -> rows.equals(0));
            if (!changed.isEmpty()) change.record("directory.loaded", changed);
            return null;
        });
    }

    private List<Map<String, Object>> provinces() {
        var rows = new ArrayList<Map<String, Object>>();
        for (var province : provinces) {
            var row = new HashMap<String, Object>(province);
            var now = types.get(key(province)).getLast();
            row.put("type", now.get("type"));
            row.put("full_name", now.get("full_name"));
            row.put("health_department", Province.healthDepartment(now.get("full_name")));
            for (var column : List.of("valid_to", "successor")) row.replace(column, "", null);
            row.put("search", Folded.text(names(province).toArray(String[]::new)));
            rows.add(row);
        }
        return rows;
    }

    /** A province is found by what was merged into it, and one of before by what people call its namesake of today. */
    private Set<String> names(Map<String, String> province) {
        var names = new LinkedHashSet<>(ownNames(province));
        for (var other : provinces) {
            if (other.get("successor").equals(province.get("code"))
                    && province.get("successor").isEmpty()) names.addAll(ownNames(other));
            if (province.get("successor").equals(other.get("code"))
                    && other.get("successor").isEmpty()
                    && province.get("name").equals(other.get("name"))) names.addAll(ownNames(other));
        }
        return names;
    }

    private List<String> ownNames(Map<String, String> province) {
        var names = new ArrayList<>(List.of(province.get("name"), province.get("name_en")));
        types.get(key(province)).forEach(type -> names.add(type.get("full_name")));
        aliases.getOrDefault(key(province), List.of()).forEach(alias -> names.add(alias.get("alias")));
        return names;
    }

    private static List<Map<String, Object>> units() {
        return Csv.rows("ministry-units").stream()
                .map(unit -> {
                    var row = new HashMap<String, Object>(unit);
                    row.remove("forms");
                    row.put(
                            "search",
                            Folded.text(
                                    unit.get("name"),
                                    unit.get("name_en"),
                                    unit.get("abbreviation"),
                                    unit.get("forms")));
                    return (Map<String, Object>) row;
                })
                .toList();
    }

    private List<Map<String, Object>> organisations() {
        var rows = new ArrayList<Map<String, Object>>();
        rows.add(DirectorySql.columns(new Organisation(
                null, Organisation.MINISTRY, "Bộ Y tế", "Ministry of Health", Organisation.Kind.MINISTRY)));
        for (var province : today())
            rows.add(DirectorySql.columns(new Organisation(
                    null,
                    Organisation.ofProvince(province.get("code")),
                    healthDepartment(province),
                    province.get("health_department_en"),
                    Organisation.Kind.DEPARTMENT)));
        return rows;
    }

    private List<Map<String, Object>> endpoints(List<Organisation> organisations) {
        var byCode = organisations.stream().collect(Collectors.toMap(Organisation::code, Function.identity()));
        var ministry = byCode.get(Organisation.MINISTRY);
        var rows = new ArrayList<Map<String, Object>>();
        rows.add(DirectorySql.columns(new Endpoint(
                null,
                Endpoint.CENTRE,
                "Điểm cầu trung tâm, Bộ Y tế",
                "Central endpoint, Ministry of Health",
                Endpoint.Kind.CENTRE,
                ministry.id(),
                null,
                null,
                0)));
        rows.add(DirectorySql.columns(
                new Endpoint(
                        null,
                        Endpoint.REPRESENTATIVE,
                        "Đại diện Văn phòng Bộ tại TP. Hồ Chí Minh",
                        "Ministry Office Representative in Ho Chi Minh City",
                        Endpoint.Kind.REPRESENTATIVE,
                        ministry.id(),
                        null,
                        null,
                        1),
                "TP.HCM"));
        int sort = FIRST_DEPARTMENT;
        for (var province : today()) {
            var department = byCode.get(Organisation.ofProvince(province.get("code")));
            var names = names(province);
            names.add("SYT " + province.get("name"));
            rows.add(DirectorySql.columns(
                    new Endpoint(
                            null,
                            department.code(),
                            department.name(),
                            department.nameEn(),
                            Endpoint.Kind.DEPARTMENT,
                            department.id(),
                            province.get("code_system"),
                            province.get("code"),
                            sort++),
                    names.toArray(String[]::new)));
        }
        return rows;
    }

    /** What each was called when: a department's name follows its province's, before 2025-07-01 the one it came from whole. */
    private List<Map<String, Object>> periods(List<Map<String, Object>> endpoints) {
        var periods = new ArrayList<Map<String, Object>>();
        for (var endpoint : endpoints) {
            var own = new ArrayList<Map<String, Object>>();
            for (var type : typesOf(endpoint)) {
                var row = new HashMap<String, Object>(endpoint);
                row.keySet().removeAll(List.of("sort", "search"));
                row.putAll(Map.of(
                        "name", Province.healthDepartment(type.get("full_name")),
                        "province_system", type.get("code_system"),
                        "province_code", type.get("code"),
                        "valid_from", type.get("valid_from"),
                        "act", type.get("basis")));
                own.add(row);
            }
            if (own.isEmpty()) {
                var row = new HashMap<String, Object>(endpoint);
                row.keySet().removeAll(List.of("sort", "search"));
                row.putAll(Map.of("valid_from", ALWAYS, "act", ""));
                own.add(row);
            }
            for (int i = 0; i < own.size() - 1; i++)
                own.get(i)
                        .put(
                                "valid_to",
                                LocalDate.parse((String) own.get(i + 1).get("valid_from"))
                                        .minusDays(1)
                                        .toString());
            endpoint.put("valid_from", own.getFirst().get("valid_from"));
            own.forEach(row -> row.putIfAbsent("valid_to", null));
            periods.addAll(own);
        }
        return periods;
    }

    private List<Map<String, String>> typesOf(Map<String, Object> endpoint) {
        if (endpoint.get("province_code") == null) return List.of();
        var before = provinces.stream()
                .filter(p -> p.get("successor").equals(endpoint.get("province_code")))
                .toList();
        var all = new ArrayList<Map<String, String>>();
        // Of several that were merged none lives on: theirs were other endpoints.
        if (before.size() == 1) all.addAll(types.get(key(before.getFirst())));
        all.addAll(types.get(endpoint.get("province_system") + " " + endpoint.get("province_code")));
        return all;
    }

    private List<Map<String, String>> today() {
        return provinces.stream()
                .filter(p -> p.get("code_system").equals(Province.SYSTEM_OF_TODAY))
                .toList();
    }

    private String healthDepartment(Map<String, String> province) {
        return Province.healthDepartment(types.get(key(province)).getLast().get("full_name"));
    }

    private static String key(Map<String, String> row) {
        return row.get("code_system") + " " + row.get("code");
    }

    private static Map<String, List<Map<String, String>>> grouped(
            List<Map<String, String>> rows, Function<Map<String, String>, String> key) {
        return rows.stream().collect(Collectors.groupingBy(key));
    }
}
