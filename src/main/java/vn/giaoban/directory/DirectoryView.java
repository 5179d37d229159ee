package vn.giaoban.directory;

import java.util.Map;
import vn.giaoban.db.Fields;

/** What the directory shows of its things: allow-lists of fields, the same for everybody who may ask. */
final class DirectoryView {
    private DirectoryView() {}

    static Map<String, Object> of(Province province) {
        return Fields.of("codeSystem", province.codeSystem())
                .and("code", province.code())
                .and("name", province.name())
                .and("fullName", province.fullName())
                .and("nameEn", province.nameEn())
                .and("type", province.type())
                .and("region", province.region())
                .and("healthDepartment", province.healthDepartment())
                .and("validFrom", province.validFrom())
                .and("validTo", province.validTo())
                .and("successor", province.successor())
                .and("predecessors", province.predecessors());
    }

    static Map<String, Object> of(Unit unit) {
        return Fields.of("key", unit.key())
                .and("name", unit.name())
                .and("nameEn", unit.nameEn())
                .and("abbreviation", unit.abbreviation())
                .and("level", unit.level())
                .and("status", unit.status())
                .and("endedOn", unit.endedOn())
                .and("successor", unit.successor());
    }

    static Map<String, Object> of(Holiday holiday) {
        return Fields.of("date", holiday.date())
                .and("name", holiday.name())
                .and("kind", holiday.kind())
                .and("off", holiday.off());
    }

    static Map<String, Object> of(Organisation organisation) {
        return Fields.of("id", organisation.id())
                .and("code", organisation.code())
                .and("name", organisation.name())
                .and("nameEn", organisation.nameEn())
                .and("kind", organisation.kind());
    }

    static Map<String, Object> of(Room room) {
        return Fields.of("id", room.id()).and("name", room.name());
    }

    /** The province is named only where its code means what it means today. */
    static Map<String, Object> of(Endpoint endpoint) {
        var today = Province.SYSTEM_OF_TODAY.equals(endpoint.provinceSystem());
        return Fields.of("id", endpoint.id())
                .and("code", endpoint.code())
                .and("name", endpoint.name())
                .and("nameEn", endpoint.nameEn())
                .and("kind", endpoint.kind())
                .and("province", today ? endpoint.provinceCode() : null)
                .and("organisation", endpoint.organisation());
    }
}
