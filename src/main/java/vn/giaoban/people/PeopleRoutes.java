package vn.giaoban.people;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import vn.giaoban.db.Fields;
import vn.giaoban.http.Answer;
import vn.giaoban.http.Api;
import vn.giaoban.http.Call;
import vn.giaoban.http.Once;
import vn.giaoban.http.Refusal;
import vn.giaoban.people.Person.Membership;
import vn.giaoban.people.session.Passwords;

/** The accounts over HTTP. */
public final class PeopleRoutes {
    private final People people;
    private final Passwords passwords;
    private final Once once;
    private final Function<String, byte[]> secret;

    /** @param secret makes bytes out of a text that nobody else can make: first passwords come from it */
    public PeopleRoutes(People people, Passwords passwords, Once once, Function<String, byte[]> secret) {
        this.people = people;
        this.passwords = passwords;
        this.once = once;
        this.secret = secret;
    }

    public void mount(Api api) {
        api.on("listPeople", this::list)
                .on("createPerson", this::create)
                .on("readPerson", this::read)
                .on("editPerson", this::edit);
    }

    private Answer list(Call call) {
        var asker = Person.of(call);
        Policy.demand(asker, "listPeople", Scope.NONE);
        var accounts = Policy.may(asker, "readPerson", Scope.NONE);
        return Answer.ok(people.list(call.text("q"), accounts, call.text("after"), call.limit())
                .shown(accounts ? PeopleView::account : PeopleView::name));
    }

    private Answer create(Call call) {
        Policy.demand(Person.of(call), "createPerson", Scope.NONE);
        // Made from the key of the request, so that a repeat can be told it again although nobody has kept it.
        var password =
                Passwords.of(secret.apply("first password/" + call.principal().id() + "/" + call.idempotencyKey()));
        var hash = passwords.hash(password);
        var answer = once.of(call, () -> {
            var person = people.create(
                    Person.of(call).actor(),
                    call.field("username"),
                    written(call, "name"),
                    call.field("title"),
                    roles(call),
                    hash);
            return Answer.created(PeopleView.account(person)).etag(person.etag());
        });
        return new Answer(
                answer.status(),
                answer.headers(),
                Fields.of("person", answer.body()).and("password", password));
    }

    private Answer read(Call call) {
        Policy.demand(Person.of(call), "readPerson", Scope.NONE);
        var person = people.find(call.id("person"));
        if (person == null) throw Refusal.notFound();
        return shown(person);
    }

    private Answer edit(Call call) {
        Policy.demand(Person.of(call), "editPerson", Scope.NONE);
        return shown(people.edit(
                Person.of(call).actor(),
                call.id("person"),
                call.ifMatch(),
                written(call, "name"),
                call.field("title"),
                (Boolean) call.body().get("disabled"),
                roles(call)));
    }

    private static Answer shown(Person person) {
        return Answer.ok(PeopleView.account(person)).etag(person.etag());
    }

    /** A text that is more than white space; null where it is left out. */
    private static String written(Call call, String field) {
        var text = call.field(field);
        if (text != null && text.isEmpty()) throw Refusal.field("/" + field, "required");
        return text;
    }

    private static List<Membership> roles(Call call) {
        if (!(call.body().get("roles") instanceof List<?> list)) return null;
        return list.stream()
                .map(role -> (Map<?, ?>) role)
                .map(role -> new Membership(
                        Role.valueOf((String) role.get("role")),
                        UUID.fromString((String) role.get("organisation")),
                        role.get("endpoint") instanceof String endpoint ? UUID.fromString(endpoint) : null))
                .toList();
    }
}
