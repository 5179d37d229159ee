package vn.giaoban.directory.map;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import vn.giaoban.db.Db;
import vn.giaoban.directory.Endpoint;
import vn.giaoban.directory.Folded;
import vn.giaoban.directory.PeriodRow;
import vn.giaoban.directory.Province;

/** The provinces through time, and where endpoints lay. */
final class MapSql {
    private final Db db;

    MapSql(Db db) {
        this.db = db;
    }

    List<Atlas.Place> places() {
        var places = new ArrayList<Atlas.Place>();
        db.query("SELECT code_system, code, name, region, valid_from, valid_to, successor FROM province")
                .forEach(row -> places.add(new Atlas.Place(
                        row.getString("code_system") + " " + row.getString("code"),
                        row.getString("name"),
                        row.getString("region"),
                        row.getLocalDate("valid_from"),
                        row.getLocalDate("valid_to"),
                        row.getString("successor") == null ? null : "gso-34 " + row.getString("successor"))));
        return places;
    }

    /** The name in use of each province, by key. */
    Map<String, String> fullNames() {
        var names = new HashMap<String, String>();
        db.query("SELECT code_system, code, full_name FROM province")
                .forEach(row -> names.put(
                        row.getString("code_system") + " " + row.getString("code"), row.getString("full_name")));
        return names;
    }

    Map<UUID, List<Endpoint.Period>> periods() {
        return PeriodRow.byEndpoint(db.query("SELECT * FROM endpoint_period ORDER BY endpoint, valid_from"));
    }

    void end(String key, LocalDate last, String successor, String act) {
        var parts = key.split(" ");
        db.query("""
                UPDATE province SET valid_to = $3, successor = $4, ended_by = $5, changed_here = true
                WHERE code_system = $1 AND code = $2 AND (valid_to IS NULL OR valid_to > $3)""", parts[0], parts[1], last, successor, act);
    }

    /** A new province, or a new name of one that there is. */
    void begin(ProvinceChange.To to, String region, LocalDate on, String act) {
        var type = to.fullName().startsWith("Thành phố ") ? "thành phố" : "tỉnh";
        var name = to.fullName().replaceFirst("^(Tỉnh|Thành phố) ", "");
        db.query(
                """
                INSERT INTO province AS p (code_system, code, name, full_name, name_en, slug, type, region, health_department,
                  health_department_en, valid_from, search, changed_here)
                VALUES ('gso-34', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, true)
                ON CONFLICT (code_system, code) DO UPDATE SET name = excluded.name, full_name = excluded.full_name,
                  name_en = excluded.name_en, type = excluded.type, health_department = excluded.health_department,
                  health_department_en = excluded.health_department_en, search = p.search || excluded.search, changed_here = true""",
                to.code(),
                name,
                to.fullName(),
                to.nameEn(),
                Folded.of(name).replace(' ', '-'),
                type,
                region,
                Province.department(to.fullName()),
                to.nameEn().isEmpty() ? "" : to.nameEn() + " Department of Health",
                on,
                Folded.text(name, to.fullName(), to.nameEn()));
        db.query("""
                INSERT INTO province_type (code_system, code, valid_from, type, full_name, basis)
                VALUES ('gso-34', $1, $2, $3, $4, $5)
                ON CONFLICT (code_system, code, valid_from) DO UPDATE
                SET type = excluded.type, full_name = excluded.full_name, basis = excluded.basis""", to.code(), on, type, to.fullName(), act);
    }
}
