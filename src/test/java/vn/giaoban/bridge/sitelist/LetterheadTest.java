package vn.giaoban.bridge.sitelist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import vn.giaoban.directory.Organisation;
import vn.giaoban.directory.Province;

/** Who issues a paper, and where. */
class LetterheadTest {
    private final List<Province> provinces = List.of(
            province("40", "Tỉnh Nghệ An"),
            province("75", "Thành phố Đồng Nai"),
            province("79", "Thành phố Hồ Chí Minh"));

    @Test
    void aMinistryStandsUnderNobody() {
        assertEquals(
                new Letterhead(null, "Bộ Y tế", "Hà Nội", "BYT"), of("BYT", "Bộ Y tế", Organisation.Kind.MINISTRY));
    }

    @Test
    void aDepartmentStandsUnderTheCommitteeOfItsProvince() {
        assertEquals(
                new Letterhead("UBND Tỉnh Nghệ An", "Sở Y tế", "Nghệ An", "SYT"),
                of("SYT-40", "Sở Y tế tỉnh Nghệ An", Organisation.Kind.DEPARTMENT));
        assertEquals(
                new Letterhead("UBND Thành phố Đồng Nai", "Sở Y tế", "Đồng Nai", "SYT"),
                of("SYT-75", "Sở Y tế Thành phố Đồng Nai", Organisation.Kind.DEPARTMENT));
    }

    @Test
    void aPlaceCalledAfterAPersonKeepsItsWholeName() {
        assertEquals(
                "Thành phố Hồ Chí Minh",
                of("SYT-79", "Sở Y tế Thành phố Hồ Chí Minh", Organisation.Kind.DEPARTMENT)
                        .place());
    }

    @Test
    void ofADepartmentWithoutAProvinceNothingIsGuessed() {
        assertEquals(
                new Letterhead(null, "Sở Y tế Ở Đâu Đó", null, "SYT"),
                of("SYT-99", "Sở Y tế Ở Đâu Đó", Organisation.Kind.DEPARTMENT));
    }

    private Letterhead of(String code, String name, Organisation.Kind kind) {
        return Letterhead.of(new Organisation(UUID.randomUUID(), code, name, "", kind), provinces);
    }

    private static Province province(String code, String name) {
        return new Province("gso-34", code, name, "", "", "", LocalDate.of(2025, 7, 1), null, null, List.of());
    }
}
