package vn.giaoban.bridge.sitelist;

import java.util.List;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Organisation;
import vn.giaoban.directory.Province;

/**
 * Who issues a paper and where, as the decree on clerical work has it (30/2020, annex I): a department stands under its
 * province's people's committee, a ministry under nobody; and a place called after a person keeps its whole name.
 *
 * @param parent null where there is none
 * @param symbol how the body stands in the number of its papers: the form of the paper comes before it
 */
record Letterhead(String parent, String body, String place, String symbol) {
    private static final String SEAT_OF_MINISTRIES = "Hà Nội";
    private static final String CALLED_AFTER_A_PERSON = "Thành phố Hồ Chí Minh";
    private static final String HEALTH = "Sở Y tế";

    /** @param provinces as they were called on the day of the briefing */
    static Letterhead of(Organisation organisation, List<Province> provinces) {
        if (organisation.kind() != Organisation.Kind.DEPARTMENT)
            return new Letterhead(null, organisation.name(), SEAT_OF_MINISTRIES, organisation.code());
        var symbol = organisation.code().split("-", 2)[0];
        return provinces.stream()
                .filter(province -> Organisation.ofProvince(province.code()).equals(organisation.code()))
                .findFirst()
                .map(province -> new Letterhead("UBND " + province.fullName(), HEALTH, place(province), symbol))
                .orElseGet(() -> new Letterhead(null, organisation.name(), null, symbol));
    }

    private static String place(Province province) {
        return province.fullName().equals(CALLED_AFTER_A_PERSON) ? CALLED_AFTER_A_PERSON : province.name();
    }

    Fields fields() {
        return Fields.of("parent", parent).and("body", body).and("place", place).and("symbol", symbol);
    }
}
