package vn.giaoban.people;

import java.util.UUID;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Audience;

/** Who may do what: every rule of authorisation stands here. A verb is an operation of the contract, by its name. */
public final class Policy {
    private Policy() {}

    public static boolean may(Person who, String verb, Scope of) {
        return switch (verb) {
            // Anybody, signed in or not.
            case "readTime", "readSetup", "signIn", "issueToken" -> true;
            case "listProvinces", "listUnits", "listHolidays", "listBriefings" -> true;

            // Whoever has signed in.
            case "readSession", "signOut", "changePassword", "listSessions", "endSession", "renewToken" ->
                !who.anonymous();
            case "listOrganisations", "listRooms", "listEndpoints" -> !who.anonymous();

            // Accounts.
            case "listPeople" -> convenes(who);
            case "createPerson", "readPerson", "editPerson" -> who.is(Role.ADMINISTRATOR);

            // The registry of endpoints: those who convene look into it, whose they are keep it.
            case "listRegistry", "exportEndpoints", "readProvinceStatistics" -> convenes(who);
            case "previewProvinceChange", "changeProvinces" -> who.is(Role.ADMINISTRATOR);
            case "readPassport", "exportPassport" ->
                convenes(who) || of.endpoints().stream().anyMatch(who::operates);
            case "readEndpoint", "readEndpointHistory" ->
                convenes(who) || of.endpoints().stream().anyMatch(who::operates);
            case "createEndpoint", "editEndpoint", "renameEndpoint", "endEndpoint" -> organizes(who, of);
            case "addMaintenance", "removeMaintenance" -> organizes(who, of);
            case "editContacts" -> organizes(who, of) || of.endpoints().stream().anyMatch(who::operates);
            case "readImportTemplate", "previewImport", "applyImport" ->
                who.is(Role.ADMINISTRATOR) || who.is(Role.ORGANIZER);

            // Making a briefing, also out of another.
            case "createBriefing", "copyBriefing" -> organizes(who, of);

            // Looking at all of a briefing.
            case "readBriefing", "readJournal" -> audience(who, of) == Audience.STAFF;
            case "readAttendance", "exportAttendance", "readTiming", "exportTiming", "listReplies" ->
                audience(who, of) == Audience.STAFF;

            case "readSiteList", "exportSiteList" -> audience(who, of) == Audience.STAFF;
            case "listRollCalls" -> audience(who, of) == Audience.STAFF;
            // The rounds of check calls.
            case "readRounds" -> audience(who, of) == Audience.STAFF;
            case "moveCall", "finishCall", "missCall", "restoreCall" -> runs(who, of);

            // The technical checks of the sites: the staff read them all, a site its own.
            case "listChecks" ->
                audience(who, of) == Audience.STAFF
                        || of.endpoints().stream().anyMatch(endpoint -> speaksFor(who, of, endpoint));

            case "readVideo", "readDialIn" -> audience(who, of) == Audience.STAFF;

            // Planning it.
            case "editBriefing", "deleteBriefing", "scheduleBriefing" -> plans(who, of);
            case "rescheduleBriefing", "postponeBriefing", "cancelBriefing" -> plans(who, of);
            case "addItem", "orderAgenda", "editItem", "removeItem" -> plans(who, of);
            case "planRound", "saveRound", "dropRound" -> plans(who, of);
            case "inviteEndpoints", "uninviteEndpoint", "addAddendum", "setReplyBy" -> plans(who, of);

            // Running it.
            case "openBriefing", "startBriefing", "closeBriefing" -> runs(who, of);
            case "startItem", "finishItem", "skipItem", "restoreItem" -> runs(who, of);
            case "giveFloor", "takeFloor", "sendLine", "sendLineToSite" -> runs(who, of);
            case "relayVideo", "endVideo", "kickFromVideo", "messageVideo" -> runs(who, of);
            case "acceptSubstitute", "refuseSubstitute" -> runs(who, of);
            case "explainLoss" -> runs(who, of);
            case "beginRollCall", "markRollCall", "rollCallBack" -> runs(who, of);
            case "pauseRollCall", "resumeRollCall", "stopRollCall" -> runs(who, of);

            // Looking after the sites while it runs.
            case "readLines" -> audience(who, of) == Audience.STAFF;
            case "takeToSupport", "returnFromSupport", "markOnPhone", "hangUp", "acknowledgeAlarm" -> runs(who, of);

            // Taking part as an invited endpoint; which one is asked of mayAt.
            case "joinBriefing", "leaveBriefing", "addDelegate", "removeDelegate", "requestFloor", "withdrawFloor" ->
                of.endpoints().stream().anyMatch(endpoint -> speaksFor(who, of, endpoint));
            case "prepareCheck", "recordCheck" ->
                of.endpoints().stream().anyMatch(endpoint -> speaksFor(who, of, endpoint));
            case "answerInvitation", "seatDelegate" ->
                of.endpoints().stream().anyMatch(endpoint -> speaksFor(who, of, endpoint));
            case "reportLine", "askHelp", "withdrawHelp" ->
                of.endpoints().stream().anyMatch(endpoint -> speaksFor(who, of, endpoint));

            // Taking part as nobody's endpoint.
            case "enterVideo" -> runs(who, of) || who.is(Role.SPOKESPERSON, of.organisation()) || reports(who, of);

            default -> throw new IllegalArgumentException("no rule for " + verb);
        };
    }

    /** The same for what is done as one endpoint: joining, its delegates, asking to speak, its picture and sound. */
    public static boolean mayAt(Person who, String verb, Scope of, UUID endpoint) {
        if (endpoint == null) return may(who, verb, of);
        return switch (verb) {
            case "joinBriefing", "leaveBriefing", "answerInvitation" -> speaksFor(who, of, endpoint);
            case "addDelegate", "seatDelegate", "removeDelegate" -> speaksFor(who, of, endpoint);
            case "requestFloor", "withdrawFloor", "enterVideo", "readDialIn" -> speaksFor(who, of, endpoint);
            case "prepareCheck", "recordCheck" -> speaksFor(who, of, endpoint);
            case "listChecks" -> audience(who, of) == Audience.STAFF || speaksFor(who, of, endpoint);
            case "reportLine", "askHelp", "withdrawHelp" -> speaksFor(who, of, endpoint);
            default -> may(who, verb, of);
        };
    }

    /** Refuses as if the thing did not exist where nothing of it is the person's; openly where some of it is. */
    public static void demand(Person who, String verb, Scope of) {
        if (audience(who, of) == null) throw Refusal.notFound();
        if (!may(who, verb, of)) throw Refusal.forbidden();
    }

    public static void demandAt(Person who, String verb, Scope of, UUID endpoint) {
        if (audience(who, of) == null) throw Refusal.notFound();
        // Who is invited is the staff's to know: for them alone an endpoint that is not is "not found".
        if (plans(who, of) && endpoint != null && !of.endpoints().contains(endpoint)) throw Refusal.notFound();
        if (!mayAt(who, verb, of, endpoint)) throw Refusal.forbidden();
    }

    /** The widest audience that is the person's; null where nothing of the thing is. */
    public static Audience audience(Person who, Scope of) {
        if (runs(who, of) || who.is(Role.SPOKESPERSON, of.organisation())) return Audience.STAFF;
        if (of.draft()) return null;
        var widest = who.is(Role.VIEWER, of.organisation()) || attends(who, of)
                ? Audience.SITE
                : who.is(Role.JOURNALIST) ? Audience.PRESS : Audience.PUBLIC;
        return widest.sees(of.visibility()) ? widest : null;
    }

    private static boolean convenes(Person who) {
        return who.is(Role.ADMINISTRATOR) || who.is(Role.ORGANIZER) || who.is(Role.CHAIR);
    }

    private static boolean organizes(Person who, Scope of) {
        return who.is(Role.ADMINISTRATOR) || who.is(Role.ORGANIZER, of.organisation());
    }

    private static boolean plans(Person who, Scope of) {
        return organizes(who, of) || !who.anonymous() && of.officers().contains(who.id());
    }

    private static boolean runs(Person who, Scope of) {
        return plans(who, of) || who.is(Role.CHAIR, of.organisation());
    }

    /** For an invited endpoint: its operator, and those who plan. */
    private static boolean speaksFor(Person who, Scope of, UUID endpoint) {
        return of.endpoints().contains(endpoint)
                && (plans(who, of) || who.operates(endpoint) && audience(who, of) != null);
    }

    private static boolean attends(Person who, Scope of) {
        return of.endpoints().stream().anyMatch(who::operates);
    }

    private static boolean reports(Person who, Scope of) {
        return who.is(Role.JOURNALIST) && !of.draft() && Audience.PRESS.sees(of.visibility());
    }
}
