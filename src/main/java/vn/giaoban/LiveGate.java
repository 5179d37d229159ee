package vn.giaoban;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import vn.giaoban.briefing.Briefing;
import vn.giaoban.briefing.Briefings;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Authenticator.Credential;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Audience;
import vn.giaoban.live.Gate;
import vn.giaoban.live.StreamKey;
import vn.giaoban.people.Asker;
import vn.giaoban.people.Gatekeeper;
import vn.giaoban.people.Person;
import vn.giaoban.people.Policy;
import vn.giaoban.people.Role;

/** Which picture of which stream is whose: the live room's questions, answered from sessions, policy and briefings. */
final class LiveGate implements Gate {
    /** A storm of viewers asks for the same briefing: once a second is often enough to look at it. */
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(1).toNanos();

    private final Gatekeeper gatekeeper;
    private final Briefings briefings;
    private final Directory directory;
    private final Map<UUID, Seen> seen = new ConcurrentHashMap<>();

    LiveGate(Gatekeeper gatekeeper, Briefings briefings, Directory directory) {
        this.gatekeeper = gatekeeper;
        this.briefings = briefings;
        this.directory = directory;
    }

    private static Gate.Visitor asker(Asker who) {
        return new Gate.Visitor(
                who.id(), who.anonymous() ? null : who.sessionId().toString(), who.expiresAt(), who);
    }

    private static Person person(Gate.Visitor asker) {
        return ((Asker) asker.token()).person();
    }

    @Override
    public Future<Gate.Visitor> who(HttpServerRequest request) {
        var authorization = request.getHeader("Authorization");
        var cookie = request.getCookie(Gatekeeper.COOKIE);
        if (authorization != null && !authorization.startsWith("Bearer ")) return Future.succeededFuture();
        var credential = authorization == null
                ? new Credential(cookie == null ? null : cookie.getValue(), null)
                : new Credential(null, authorization.substring("Bearer ".length()));
        return good(gatekeeper.ask(credential));
    }

    @Override
    public Future<Gate.Visitor> renew(Gate.Visitor asker, String token) {
        return good(gatekeeper.renew((Asker) asker.token(), token == null ? "" : token));
    }

    /** What is not good is nobody; what cannot be asked for the moment stays a failure. */
    private static Future<Gate.Visitor> good(Future<Asker> asked) {
        return asked.map(LiveGate::asker)
                .recover(failure ->
                        failure instanceof Refusal ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    @Override
    public Future<Answer> admit(Gate.Visitor asker, String stream, String wanted) {
        var audience = wanted == null ? null : Audience.of(wanted);
        if (wanted != null && audience == null) return refused(404);
        var slash = stream.indexOf('/');
        var kind = slash < 0 ? stream : stream.substring(0, slash);
        var name = slash < 0 ? "" : stream.substring(slash + 1);
        var who = person(asker);
        return switch (kind) {
            case "person" ->
                who.anonymous() || !name.equals("me") || audience != null && audience != Audience.SELF
                        ? refused(404)
                        : granted("person/" + who.id(), Audience.SELF, true, false);
            case "calendar" -> name.isEmpty() ? calendar(who, audience) : calendarOf(who, id(name), audience);
            case "endpoint" -> endpoint(who, id(name), audience);
            case "briefing" -> briefing(asker, id(name), audience);
            default -> refused(404);
        };
    }

    /** What is for the press is the press's alone; the staff of an organisation have its own calendar. */
    private static Future<Answer> calendar(Person who, Audience wanted) {
        var widest = who.is(Role.JOURNALIST) || who.is(Role.ADMINISTRATOR) ? Audience.PRESS : Audience.PUBLIC;
        return narrowed("calendar", widest, wanted, true, false);
    }

    private static Future<Answer> calendarOf(Person who, UUID organisation, Audience wanted) {
        boolean staff = organisation != null
                && (who.is(Role.ADMINISTRATOR)
                        || who.is(Role.ORGANIZER, organisation)
                        || who.is(Role.CHAIR, organisation)
                        || who.is(Role.SPOKESPERSON, organisation));
        return staff ? narrowed("calendar/" + organisation, Audience.STAFF, wanted, true, false) : refused(404);
    }

    /** Its operators, and the staff of the endpoint's own organisation; the latter's line is nobody's concern. */
    private Future<Answer> endpoint(Person who, UUID endpoint, Audience wanted) {
        if (endpoint == null || wanted != null && wanted != Audience.SITE) return refused(404);
        if (who.operates(endpoint)) return granted("endpoint/" + endpoint, Audience.SITE, true, true);
        if (who.anonymous()) return refused(404);
        return onVirtualThread(() -> {
            var known = directory.endpoint(endpoint);
            boolean staff =
                    known != null && (who.is(Role.ADMINISTRATOR) || who.is(Role.ORGANIZER, known.organisation()));
            return staff
                    ? new Granted(new StreamKey("endpoint/" + endpoint, Audience.SITE.word()), true, false)
                    : new Refused(404);
        });
    }

    private Future<Answer> briefing(Gate.Visitor asker, UUID id, Audience wanted) {
        if (id == null) return refused(404);
        var who = person(asker);
        var known = seen.get(id);
        if (known == null || !known.fresh()) return briefing(lookAgain(id, known), who, wanted);
        // A yes may be a second old, a no never is: whoever comes as a briefing is published would be sent away for
        // good.
        return briefing(known, who, wanted)
                .compose(answer -> answer instanceof Refused
                        ? briefing(lookAgain(id, known), who, wanted)
                        : Future.succeededFuture(answer));
    }

    private Future<Answer> briefing(Seen known, Person who, Audience wanted) {
        boolean site = who.roles().stream().anyMatch(role -> role.endpoint() != null);
        return known.briefing().compose(briefing -> {
            if (briefing == null) return refused(404);
            return (site ? known.invited() : Future.succeededFuture(Set.<UUID>of()))
                    .compose(invited -> briefing(briefing, who, invited, wanted));
        });
    }

    private static Future<Answer> briefing(Briefing briefing, Person who, Set<UUID> invited, Audience wanted) {
        var widest = Policy.audience(who, Briefings.scope(briefing, invited));
        if (widest == null) return refused(404);
        if (wanted != null && !briefing.visibleTo(wanted)) return refused(widest.sees(wanted) ? 404 : 403);
        return narrowed("briefing/" + briefing.id(), widest, wanted, false, false);
    }

    private static Future<Answer> narrowed(
            String stream, Audience widest, Audience wanted, boolean empty, boolean watched) {
        if (wanted == null) return granted(stream, widest, empty, watched);
        return wanted != Audience.SELF && widest.sees(wanted) ? granted(stream, wanted, empty, watched) : refused(403);
    }

    private static Future<Answer> granted(String stream, Audience audience, boolean empty, boolean watched) {
        return Future.succeededFuture(new Granted(new StreamKey(stream, audience.word()), empty, watched));
    }

    private static Future<Answer> refused(int status) {
        return Future.succeededFuture(new Refused(status));
    }

    /** A look newer than that one; whoever asks while it is under way shares it. */
    private Seen lookAgain(UUID id, Seen than) {
        if (seen.size() > 10_000) seen.clear();
        return seen.compute(id, (key, now) -> now != null && now != than && now.fresh() ? now : new Seen(id));
    }

    /** A briefing as it stood a moment ago and, once somebody asks, whom it has invited. */
    private final class Seen {
        private final UUID id;
        private final long atNanos = System.nanoTime();
        private final Future<Briefing> briefing;
        private Future<Set<UUID>> invited;

        Seen(UUID id) {
            this.id = id;
            this.briefing = onVirtualThread(() -> {
                try {
                    return briefings.get(id);
                } catch (Refusal notFound) {
                    return null;
                }
            });
        }

        boolean fresh() {
            return System.nanoTime() - atNanos < REMEMBERED_NANOS && !briefing.failed();
        }

        Future<Briefing> briefing() {
            return briefing;
        }

        synchronized Future<Set<UUID>> invited() {
            if (invited == null || invited.failed()) invited = onVirtualThread(() -> briefings.endpoints(id));
            return invited;
        }
    }

    @Override
    public Future<Rechecked> recheck(Collection<Gate.Visitor> askers) {
        return gatekeeper
                .recheck(askers.stream().map(asker -> (Asker) asker.token()).toList())
                .map(checked -> {
                    var ended = new HashSet<String>();
                    checked.ended().forEach(session -> ended.add(session.toString()));
                    var changed = new HashMap<String, Gate.Visitor>();
                    checked.changed().forEach((session, who) -> changed.put(session.toString(), asker(who)));
                    return new Rechecked(ended, changed);
                });
    }

    private static UUID id(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static <T> Future<T> onVirtualThread(Callable<T> work) {
        var promise = Promise.<T>promise();
        Thread.ofVirtual().name("gate").start(() -> {
            try {
                promise.complete(work.call());
            } catch (Throwable e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }
}
