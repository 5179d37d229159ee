package vn.giaoban.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static vn.giaoban.journal.Audience.PRESS;
import static vn.giaoban.journal.Audience.PUBLIC;
import static vn.giaoban.journal.Audience.SITE;
import static vn.giaoban.journal.Audience.STAFF;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vn.giaoban.http.Contract;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Audience;
import vn.giaoban.people.Person.Membership;

/** Who may do what, as a table kept by hand: every operation of the contract against every kind of asker. */
class PolicyTest {
    private static final UUID MINISTRY = UUID.randomUUID();
    private static final UUID ELSEWHERE = UUID.randomUUID();
    private static final UUID OUTLET = UUID.randomUUID();
    private static final UUID INVITED = UUID.randomUUID();
    private static final UUID ALSO_INVITED = UUID.randomUUID();
    private static final UUID NOT_INVITED = UUID.randomUUID();

    private static final Person NAMED = person();

    /** In the order of the table's columns. */
    private static final Map<String, Person> ASKERS = askers();

    private static Map<String, Person> askers() {
        var askers = new LinkedHashMap<String, Person>();
        askers.put("anonymous", Person.ANONYMOUS);
        askers.put("signed in, nothing more", person());
        askers.put("administrator", person(Role.ADMINISTRATOR, ELSEWHERE));
        askers.put("organizer", person(Role.ORGANIZER, MINISTRY));
        askers.put("organizer elsewhere", person(Role.ORGANIZER, ELSEWHERE));
        askers.put("named on the briefing", NAMED);
        askers.put("chair", person(Role.CHAIR, MINISTRY));
        askers.put("chair elsewhere", person(Role.CHAIR, ELSEWHERE));
        askers.put("spokesperson", person(Role.SPOKESPERSON, MINISTRY));
        askers.put("spokesperson elsewhere", person(Role.SPOKESPERSON, ELSEWHERE));
        askers.put("operator of an invited endpoint", operator(INVITED));
        askers.put("operator of another endpoint", operator(NOT_INVITED));
        askers.put("journalist", person(Role.JOURNALIST, OUTLET));
        askers.put("viewer", person(Role.VIEWER, MINISTRY));
        askers.put("viewer elsewhere", person(Role.VIEWER, ELSEWHERE));
        return askers;
    }

    /**
     * One row per operation, one column per asker as above: what is allowed of a scheduled public briefing.
     * y: yes; n: 403, since something of it is his.
     */
    private static final String OF_A_PUBLIC_BRIEFING = """
            #                 anon sig adm org orgE nam cha chaE spo spoE opI opN jou vie vieE
            readTime            y   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            readSetup           y   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            signIn              y   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            issueToken          y   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            listProvinces       y   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            listUnits           y   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            listHolidays        y   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            listBriefings       y   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            readSession         n   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            signOut             n   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            changePassword      n   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            listSessions        n   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            endSession          n   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            renewToken          n   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            listOrganisations   n   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            listRooms           n   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            listEndpoints       n   y   y   y   y   y   y   y    y   y    y   y   y   y   y
            listPeople          n   n   y   y   y   n   y   y    n   n    n   n   n   n   n
            createPerson        n   n   y   n   n   n   n   n    n   n    n   n   n   n   n
            readPerson          n   n   y   n   n   n   n   n    n   n    n   n   n   n   n
            editPerson          n   n   y   n   n   n   n   n    n   n    n   n   n   n   n
            listRegistry        n   n   y   y   y   n   y   y    n   n    n   n   n   n   n
            exportEndpoints     n   n   y   y   y   n   y   y    n   n    n   n   n   n   n
            readEndpoint        n   n   y   y   y   n   y   y    n   n    y   n   n   n   n
            readPassport        n   n   y   y   y   n   y   y    n   n    y   n   n   n   n
            exportPassport      n   n   y   y   y   n   y   y    n   n    y   n   n   n   n
            readSiteList        n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            exportSiteList      n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            explainLoss         n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            readEndpointHistory n   n   y   y   y   n   y   y    n   n    y   n   n   n   n
            createEndpoint      n   n   y   y   n   n   n   n    n   n    n   n   n   n   n
            editEndpoint        n   n   y   y   n   n   n   n    n   n    n   n   n   n   n
            renameEndpoint      n   n   y   y   n   n   n   n    n   n    n   n   n   n   n
            endEndpoint         n   n   y   y   n   n   n   n    n   n    n   n   n   n   n
            addMaintenance      n   n   y   y   n   n   n   n    n   n    n   n   n   n   n
            removeMaintenance   n   n   y   y   n   n   n   n    n   n    n   n   n   n   n
            editContacts        n   n   y   y   n   n   n   n    n   n    y   n   n   n   n
            readImportTemplate  n   n   y   y   y   n   n   n    n   n    n   n   n   n   n
            previewImport       n   n   y   y   y   n   n   n    n   n    n   n   n   n   n
            applyImport         n   n   y   y   y   n   n   n    n   n    n   n   n   n   n
            readProvinceStatistics n   n   y   y   y   n   y   y    n   n    n   n   n   n   n
            previewProvinceChange n   n   y   n   n   n   n   n    n   n    n   n   n   n   n
            changeProvinces     n   n   y   n   n   n   n   n    n   n    n   n   n   n   n
            createBriefing      n   n   y   y   n   n   n   n    n   n    n   n   n   n   n
            copyBriefing        n   n   y   y   n   n   n   n    n   n    n   n   n   n   n
            readBriefing        n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            readJournal         n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            readAttendance      n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            exportAttendance    n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            readTiming          n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            exportTiming        n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            listReplies         n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            editBriefing        n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            deleteBriefing      n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            scheduleBriefing    n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            rescheduleBriefing  n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            postponeBriefing    n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            cancelBriefing      n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            addItem             n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            orderAgenda         n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            editItem            n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            removeItem          n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            inviteEndpoints     n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            uninviteEndpoint    n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            addAddendum         n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            setReplyBy          n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            openBriefing        n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            startBriefing       n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            closeBriefing       n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            startItem           n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            finishItem          n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            skipItem            n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            restoreItem         n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            giveFloor           n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            relayVideo          n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            takeFloor           n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            sendLine            n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            sendLineToSite      n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            listRollCalls       n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            beginRollCall       n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            markRollCall        n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            rollCallBack        n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            pauseRollCall       n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            resumeRollCall      n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            stopRollCall        n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            acceptSubstitute    n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            refuseSubstitute    n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            answerInvitation    n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            seatDelegate        n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            takeToSupport       n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            returnFromSupport   n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            markOnPhone         n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            hangUp              n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            acknowledgeAlarm    n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            reportLine          n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            askHelp             n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            withdrawHelp        n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            readLines           n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            joinBriefing        n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            leaveBriefing       n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            addDelegate         n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            removeDelegate      n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            requestFloor        n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            withdrawFloor       n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            planRound           n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            saveRound           n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            dropRound           n   n   y   y   n   y   n   n    n   n    n   n   n   n   n
            moveCall            n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            finishCall          n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            missCall            n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            restoreCall         n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            readRounds          n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            prepareCheck        n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            recordCheck         n   n   y   y   n   y   n   n    n   n    y   n   n   n   n
            listChecks          n   n   y   y   n   y   y   n    y   n    y   n   n   n   n
            readVideo           n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            readDialIn          n   n   y   y   n   y   y   n    y   n    n   n   n   n   n
            endVideo            n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            kickFromVideo       n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            messageVideo        n   n   y   y   n   y   y   n    n   n    n   n   n   n   n
            enterVideo          n   n   y   y   n   y   y   n    y   n    n   n   y   n   n
            """;

    /** The widest audience that is the asker's, by the briefing's visibility; "-": it does not exist for him. */
    private static final String AUDIENCES = """
        #              anon   sig    adm   org   orgE   nam   cha   chaE   spo   spoE   opI    opN    jou   vie   vieE
        draft-PUBLIC   -      -      STAFF STAFF -      STAFF STAFF -      STAFF -      -      -      -     -     -
        PUBLIC         PUBLIC PUBLIC STAFF STAFF PUBLIC STAFF STAFF PUBLIC STAFF PUBLIC SITE   PUBLIC PRESS SITE  PUBLIC
        PRESS          -      -      STAFF STAFF -      STAFF STAFF -      STAFF -      SITE   -      PRESS SITE  -
        SITE           -      -      STAFF STAFF -      STAFF STAFF -      STAFF -      SITE   -      -     SITE  -
        STAFF          -      -      STAFF STAFF -      STAFF STAFF -      STAFF -      -      -      -     -     -
        """;

    @TestFactory
    Stream<DynamicTest> everyOperationForEveryAsker() {
        return rows(OF_A_PUBLIC_BRIEFING)
                .map(row -> DynamicTest.dynamicTest(row.getFirst(), () -> {
                    int column = 1;
                    for (var asker : ASKERS.entrySet())
                        assertEquals(
                                row.get(column++).equals("y"),
                                Policy.may(asker.getValue(), row.getFirst(), briefing(PUBLIC, false)),
                                asker.getKey());
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsTheirs() {
        return rows(AUDIENCES)
                .map(row -> DynamicTest.dynamicTest(row.getFirst(), () -> {
                    var visibility = Audience.valueOf(row.getFirst().replace("draft-", ""));
                    var scope = briefing(visibility, row.getFirst().startsWith("draft"));
                    int column = 1;
                    for (var asker : ASKERS.entrySet())
                        assertEquals(row.get(column++), text(Policy.audience(asker.getValue(), scope)), asker.getKey());
                }));
    }

    @Test
    void everyOperationOfTheContractHasARow() {
        var operations = new TreeSet<>(
                new Contract().operations().stream().map(Contract.Operation::id).toList());
        var rows = new TreeSet<>(rows(OF_A_PUBLIC_BRIEFING).map(List::getFirst).toList());
        assertEquals(operations, rows);
    }

    @Test
    void whatIsOpenInTheContractIsOpenToAnybody() {
        for (var operation : new Contract().operations())
            if (operation.open()) assertEquals(true, Policy.may(Person.ANONYMOUS, operation.id(), Scope.NONE));
    }

    @Test
    void aVerbWithoutARuleIsABrokenBuild() {
        assertThrows(IllegalArgumentException.class, () -> Policy.may(NAMED, "flyToTheMoon", Scope.NONE));
    }

    @Test
    void whatIsHiddenIsNotFoundAndWhatIsOnlyLookedAtIsForbidden() {
        var viewer = ASKERS.get("viewer");
        assertEquals(404, refused(() -> Policy.demand(viewer, "startItem", briefing(STAFF, false))));
        assertEquals(404, refused(() -> Policy.demand(viewer, "startItem", briefing(PUBLIC, true))));
        assertEquals(403, refused(() -> Policy.demand(viewer, "startItem", briefing(PUBLIC, false))));
        assertEquals(200, refused(() -> Policy.demand(NAMED, "startItem", briefing(STAFF, true))));
        // That organisations exist is no secret.
        assertEquals(403, refused(() -> Policy.demand(viewer, "createBriefing", Scope.of(ELSEWHERE))));
        assertEquals(403, refused(() -> Policy.demand(viewer, "createPerson", Scope.NONE)));
    }

    @Test
    void asASiteOnlyForOnesOwnOrAsAPlannerForAnyInvited() {
        var open = briefing(SITE, false);
        var operator = ASKERS.get("operator of an invited endpoint");
        var both = new Person(
                UUID.randomUUID(),
                "both",
                "Both",
                "",
                List.of(
                        new Membership(Role.SITE_OPERATOR, ELSEWHERE, INVITED),
                        new Membership(Role.SITE_OPERATOR, ELSEWHERE, NOT_INVITED)),
                false,
                1);
        for (var verb : List.of(
                "joinBriefing",
                "leaveBriefing",
                "answerInvitation",
                "seatDelegate",
                "addDelegate",
                "removeDelegate",
                "requestFloor",
                "withdrawFloor",
                "prepareCheck",
                "recordCheck",
                "reportLine",
                "askHelp",
                "withdrawHelp",
                "enterVideo")) {
            assertEquals(200, at(operator, verb, open, INVITED), verb);
            assertEquals(403, at(operator, verb, open, ALSO_INVITED), verb);
            assertEquals(403, at(operator, verb, open, NOT_INVITED), verb);
            assertEquals(403, at(both, verb, open, NOT_INVITED), verb);
            assertEquals(404, at(operator, verb, briefing(SITE, true), INVITED), verb);
            assertEquals(404, at(operator, verb, briefing(STAFF, false), INVITED), verb);
            assertEquals(404, at(ASKERS.get("operator of another endpoint"), verb, open, NOT_INVITED), verb);
            assertEquals(403, at(ASKERS.get("chair"), verb, open, INVITED), verb);
            assertEquals(403, at(ASKERS.get("viewer"), verb, open, INVITED), verb);
            for (var planner : List.of("administrator", "organizer", "named on the briefing")) {
                assertEquals(200, at(ASKERS.get(planner), verb, open, INVITED), verb);
                assertEquals(200, at(ASKERS.get(planner), verb, briefing(STAFF, true), ALSO_INVITED), verb);
                assertEquals(404, at(ASKERS.get(planner), verb, open, NOT_INVITED), verb);
            }
        }
    }

    @Test
    void checksAreReadByTheStaffAndByTheSiteItself() {
        var open = briefing(SITE, false);
        var operator = ASKERS.get("operator of an invited endpoint");
        assertEquals(200, at(operator, "listChecks", open, INVITED));
        assertEquals(403, at(operator, "listChecks", open, ALSO_INVITED));
        assertEquals(403, at(ASKERS.get("viewer"), "listChecks", open, INVITED));
        for (var staff : List.of("administrator", "organizer", "named on the briefing", "chair", "spokesperson"))
            assertEquals(200, at(ASKERS.get(staff), "listChecks", open, ALSO_INVITED), staff);
    }

    @Test
    void beingAtASiteGivesNothingThatIsNotDoneAsASite() {
        var operator = ASKERS.get("operator of an invited endpoint");
        for (var verb : List.of("startItem", "sendLineToSite", "readBriefing"))
            assertEquals(false, Policy.mayAt(operator, verb, briefing(SITE, false), INVITED), verb);
        assertEquals(true, Policy.mayAt(ASKERS.get("chair"), "startItem", briefing(SITE, false), INVITED));
    }

    @Test
    void asNobodysSiteJournalistsEnterWhatThePressMaySee() {
        var journalist = ASKERS.get("journalist");
        assertEquals(200, at(journalist, "enterVideo", briefing(PRESS, false), null));
        assertEquals(404, at(journalist, "enterVideo", briefing(PRESS, true), null));
        assertEquals(404, at(journalist, "enterVideo", briefing(SITE, false), null));
        assertEquals(403, at(ASKERS.get("operator of an invited endpoint"), "enterVideo", briefing(SITE, false), null));
        // Also somebody who has more than one of the roles sees no video that the press may not.
        var two = new Person(
                UUID.randomUUID(),
                "two",
                "Two",
                "",
                List.of(new Membership(Role.JOURNALIST, OUTLET, null), new Membership(Role.VIEWER, MINISTRY, null)),
                false,
                1);
        assertEquals(403, at(two, "enterVideo", briefing(SITE, false), null));
        var draft = new Scope(MINISTRY, Set.of(), Set.of(), PUBLIC, true);
        var reading = new Person(
                UUID.randomUUID(),
                "reading",
                "Reading",
                "",
                List.of(
                        new Membership(Role.JOURNALIST, OUTLET, null),
                        new Membership(Role.SPOKESPERSON, MINISTRY, null)),
                false,
                1);
        // The spokesperson takes part, in a draft as in anything else of the organisation.
        assertEquals(200, at(reading, "enterVideo", draft, null));
    }

    private static Stream<List<String>> rows(String table) {
        return table.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .peek(row -> assertEquals(ASKERS.size() + 1, row.size(), row::toString));
    }

    private static Scope briefing(Audience visibility, boolean draft) {
        return new Scope(MINISTRY, Set.of(NAMED.id()), Set.of(INVITED, ALSO_INVITED), visibility, draft);
    }

    private static int at(Person who, String verb, Scope of, UUID endpoint) {
        var status = refused(() -> Policy.demandAt(who, verb, of, endpoint));
        assertEquals(status == 200, Policy.mayAt(who, verb, of, endpoint));
        return status;
    }

    private static int refused(Runnable demand) {
        try {
            demand.run();
            return 200;
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    private static String text(Audience audience) {
        return audience == null ? "-" : audience.name();
    }

    private static Person operator(UUID endpoint) {
        return new Person(
                UUID.randomUUID(),
                "operator",
                "Operator",
                "",
                List.of(new Membership(Role.SITE_OPERATOR, ELSEWHERE, endpoint)),
                false,
                1);
    }

    private static Person person(Role role, UUID organisation) {
        return new Person(
                UUID.randomUUID(),
                "somebody",
                "Somebody",
                "",
                List.of(new Membership(role, organisation, null)),
                false,
                1);
    }

    private static Person person() {
        return new Person(UUID.randomUUID(), "nobody", "Nobody", "", new ArrayList<>(), false, 1);
    }
}
