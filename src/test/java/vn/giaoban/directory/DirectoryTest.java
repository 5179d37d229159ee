package vn.giaoban.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.giaoban.db.Db;
import vn.giaoban.db.DbMeters;
import vn.giaoban.db.LocalPostgres;
import vn.giaoban.db.Migration;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;
import vn.giaoban.journal.Journal;

/** What the directory promises, asked of a real database that holds what ships with the program. */
@Timeout(120)
class DirectoryTest {
    private static final LocalDate LAST_DAY_OF_63 = LocalDate.parse("2025-06-30");
    private static final LocalDate FIRST_DAY_OF_34 = LocalDate.parse("2025-07-01");

    private static LocalPostgres postgres;
    private static Vertx vertx;
    private static Db db;
    private static Directory directory;

    @BeforeAll
    static void load() {
        postgres = LocalPostgres.temporary(Path.of("target", "postgres").toAbsolutePath());
        Migration.run(postgres.url());
        vertx = Vertx.vertx();
        db = new Db(vertx, postgres.url(), "giaoban_app", 4, 64, 5000, new DbMeters());
        var clock = Clock.fixed(Instant.parse("2026-11-21T17:30:00Z"), Directory.ZONE);
        var journal = new Journal(db, clock, null);
        Reference.load(journal);
        directory = new Directory(journal);
    }

    @AfterAll
    static void stop() {
        db.close();
        vertx.close().await();
        postgres.close();
    }

    @Test
    void sixtyThreeProvincesBecameThirtyFourInOneNight() {
        assertEquals(63, directory.provinces(LAST_DAY_OF_63, null).size());
        assertEquals(34, directory.provinces(FIRST_DAY_OF_34, null).size());
        assertEquals(34, directory.provinces(directory.today(), "").size());
        assertEquals(0, directory.provinces(LocalDate.parse("2008-07-31"), null).size());
    }

    @Test
    void sevenCodesMeanSomethingElseNow() {
        var before = directory.provinces(LAST_DAY_OF_63, null).stream()
                .collect(Collectors.toMap(Province::code, Province::name));
        var changed = new TreeSet<String>();
        for (var province : directory.provinces(FIRST_DAY_OF_34, null))
            if (!province.name().equals(before.get(province.code()))) changed.add(province.code());
        assertEquals(List.of("15", "24", "44", "52", "80", "82", "91"), List.copyOf(changed));
    }

    @Test
    void everyOldProvinceWentIntoOneOfTodayThatKnowsIt() {
        var today = directory.provinces(FIRST_DAY_OF_34, null).stream()
                .collect(Collectors.toMap(Province::code, province -> province));
        for (var old : directory.provinces(LAST_DAY_OF_63, null))
            assertTrue(today.get(old.successor()).predecessors().contains(old.code()), old.fullName());
        assertEquals(List.of("74", "77", "79"), today.get("79").predecessors());
        assertNull(today.get("79").successor());
    }

    @ParameterizedTest
    @CsvSource({
        "2024-12-31, 46, Tỉnh Thừa Thiên Huế, Sở Y tế tỉnh Thừa Thiên Huế",
        "2025-01-01, 46, Thành phố Huế, Sở Y tế Thành phố Huế",
        "2025-06-30, 15, Tỉnh Yên Bái, Sở Y tế tỉnh Yên Bái",
        "2025-07-01, 15, Tỉnh Lào Cai, Sở Y tế tỉnh Lào Cai",
        "2026-04-29, 75, Tỉnh Đồng Nai, Sở Y tế tỉnh Đồng Nai",
        "2026-04-30, 75, Thành phố Đồng Nai, Sở Y tế Thành phố Đồng Nai"
    })
    void namesAreThoseOfTheDay(LocalDate on, String code, String fullName, String department) {
        var province = directory.provinces(on, null).stream()
                .filter(p -> p.code().equals(code))
                .findFirst()
                .orElseThrow();
        assertEquals(fullName, province.fullName());
        assertEquals(department, province.healthDepartment());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22, tphcm, 79",
        "2026-11-22, tp.HCM, 79",
        "2026-11-22, TP HCM, 79",
        "2026-11-22, sài gòn, 79",
        "2025-06-30, tphcm, 79",
        "2026-11-22, thanh hoà, 38",
        "2026-11-22, KHÁNH HÒA, 56",
        "2026-11-22, khanhhoa, 56",
        "2026-11-22, dac lac, 66",
        "2025-06-30, BR-VT, 77",
        "2025-06-30, Thừa Thiên, 46",
        "2026-11-22, Thừa Thiên, 46",
        "2026-11-22, Yên Bái, 15",
        "2025-06-30, nghe an, 40"
    })
    void provincesAreFoundHoweverTheyAreTyped(LocalDate on, String query, String code) {
        assertEquals(
                List.of(code),
                directory.provinces(on, query).stream().map(Province::code).toList());
    }

    @Test
    void oldAndNewTonePositionFindTheSame() {
        assertEquals(directory.provinces(LAST_DAY_OF_63, "HOÀ"), directory.provinces(LAST_DAY_OF_63, "HÒA"));
        assertFalse(directory.provinces(LAST_DAY_OF_63, "HOÀ").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "trang thiet bi cong trinh, vu-ttb",
        "VPB1, vpb",
        "ke hoach – tai chinh, vu-khtc",
        "moi truong y te, cuc-mt",
        "suc khoe & doi song, bao-skds",
        "k2dt, cuc-khcn"
    })
    void unitsAreFoundByOldNamesAndAbbreviations(String query, String key) {
        assertTrue(
                directory.units(query, 200).stream().anyMatch(unit -> unit.key().equals(key)),
                () -> directory.units(query, 200).toString());
    }

    @Test
    void everyEndpointIsThereOnceInTheOrderOfProtocol() {
        var all = directory.endpoints(null, null, 200).items();
        assertEquals(36, all.size());
        assertEquals(Endpoint.CENTRE, all.get(0).code());
        assertEquals(Endpoint.REPRESENTATIVE, all.get(1).code());
        assertEquals(
                34,
                all.stream()
                        .filter(e -> e.kind() == Endpoint.Kind.DEPARTMENT)
                        .map(e -> directory.organisation(e.organisation()).code())
                        .distinct()
                        .count());
        var paged = new ArrayList<Endpoint>();
        String after = null;
        do {
            var page = directory.endpoints(null, after, 7);
            paged.addAll(page.items());
            after = page.next();
        } while (after != null);
        assertEquals(all, paged);
    }

    @ParameterizedTest
    @CsvSource({"syt nghe an, SYT-40", "tphcm dai dien, VPB-HCM", "SYT-04, SYT-04", "yen bai, SYT-15", "trung tam, BYT"
    })
    void endpointsAreFoundByNameCodeOrProvince(String query, String code) {
        assertEquals(
                List.of(code),
                directory.endpoints(query, null, 50).items().stream()
                        .map(Endpoint::code)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"x", "'!!'", "AAAA", "MXN5dA", "AB9B"})
    void aMadeUpPageIsRefusedByName(String after) {
        var refusal = assertThrows(Refusal.class, () -> directory.endpoints(null, after, 10));
        assertEquals(400, refusal.status());
        assertEquals("after", refusal.faults().getFirst().pointer());
    }

    @Test
    void theYearHasItsDaysOffItsExchangesAndItsMarks() {
        var year = directory.holidays(2026);
        assertTrue(year.stream().allMatch(day -> day.date().getYear() == 2026));
        assertEquals(2, year.stream().filter(Holiday::worked).count());
        assertEquals(15, year.stream().filter(Holiday::off).count());
        assertTrue(directory.workingDays().isWorking(LocalDate.parse("2026-11-23")));
        assertFalse(directory.workingDays().isWorking(LocalDate.parse("2026-11-24")));
        assertEquals(LocalDate.parse("2026-11-22"), directory.today(), "already tomorrow in Hà Nội");
    }

    @Test
    void loadingAgainChangesNothingAndTellsNobody() {
        Reference.load(new Journal(db, Clock.systemUTC(), null));
        assertEquals(
                1L,
                db.row("SELECT count(*) FROM journal_entry WHERE verb = 'directory.loaded'")
                        .getLong(0));
    }

    @Test
    void whatWasChangedByHandIsPutRightAtTheNextStart() {
        var seen = new ArrayList<String>();
        assertThrows(
                Refusal.class,
                () -> db.transaction(() -> {
                    db.query("UPDATE province SET full_name = 'Tỉnh Sai' WHERE code_system = 'gso-34' AND code = '01'");
                    Reference.load(new Journal(db, Clock.systemUTC(), null));
                    seen.add(db.row("SELECT full_name FROM province WHERE code_system = 'gso-34' AND code = '01'")
                            .getString(0));
                    throw Refusal.notFound(); // the other tests find everything as it was
                }));
        assertEquals(List.of("Thành phố Hà Nội"), seen);
    }

    @Test
    void whatIsRegisteredIsThereAtOnceAndOnlyOnce() {
        var ministry = directory.organisations().getFirst();
        assertEquals(Organisation.MINISTRY, ministry.code());
        var unit = new Endpoint(null, "THU", "Đơn vị thử", null, Endpoint.Kind.UNIT, ministry.id(), null, null, 50);
        var first = directory.register(unit, Actor.SYSTEM);
        var second = directory.register(unit, Actor.SYSTEM);
        assertEquals(first, second);
        assertEquals(first, directory.endpoint(first.id()));
        assertEquals(directory.registerRoom("Phòng 2", Actor.SYSTEM), directory.registerRoom("Phòng 2", Actor.SYSTEM));
        assertNotNull(directory.room(directory.rooms().getFirst().id()));
        db.query("DELETE FROM endpoint WHERE code = 'THU'");
    }

    @ParameterizedTest
    @CsvSource({
        "75, 2025-06-30T16:59:59Z, gso-34, Sở Y tế tỉnh Đồng Nai",
        "75, 2026-04-29T16:59:59Z, gso-34, Sở Y tế tỉnh Đồng Nai",
        "75, 2026-04-29T17:00:00Z, gso-34, Sở Y tế Thành phố Đồng Nai",
        "46, 2024-12-31T16:59:59Z, gso-63, Sở Y tế tỉnh Thừa Thiên Huế",
        "46, 2025-01-01T00:00:00Z, gso-63, Sở Y tế Thành phố Huế",
        "46, 2025-06-30T17:00:00Z, gso-34, Sở Y tế Thành phố Huế"
    })
    void anEndpointIsCalledWhatItWasCalledAtTheHour(String code, Instant at, String system, String name) {
        var now = directory.endpoints("SYT-" + code, null, 1).items().getFirst();
        var then = directory.endpointAt(now.id(), at);
        assertEquals(name, then.name());
        assertEquals(system, then.provinceSystem());
        assertEquals(now.sort(), then.sort());
    }

    @Test
    void unknownIdsAreNothing() {
        assertNull(directory.endpoint(UUID.randomUUID()));
        assertNull(directory.endpoint(null));
        assertNull(directory.organisation(UUID.randomUUID()));
        assertNull(directory.room(UUID.randomUUID()));
        assertTrue(directory.endpoints(List.of(UUID.randomUUID())).isEmpty());
    }
}
