package vn.giaoban.people;

import java.util.List;
import java.util.Map;
import vn.giaoban.db.Fields;
import vn.giaoban.directory.Directory;
import vn.giaoban.http.Words;
import vn.giaoban.people.session.Session;

/** What is shown of persons: names to those who plan, accounts to administrators, oneself to oneself. */
final class PeopleView {
    private PeopleView() {}

    static Map<String, Object> name(Person person) {
        return Fields.of("id", person.id()).and("name", person.name()).and("title", person.title());
    }

    static Map<String, Object> account(Person person) {
        return Fields.of("id", person.id())
                .and("username", person.username())
                .and("name", person.name())
                .and("title", person.title())
                .and("disabled", person.disabled())
                .and("roles", roles(person));
    }

    static List<Fields> roles(Person person) {
        return person.roles().stream()
                .map(m -> Fields.of("role", m.role())
                        .and("organisation", m.organisation())
                        .and("endpoint", m.endpoint()))
                .toList();
    }

    static Map<String, Object> me(Asker asker, Directory directory, Words words) {
        var person = asker.person();
        var roles = person.roles().stream()
                .map(m -> {
                    var organisation = directory.organisation(m.organisation());
                    var endpoint = directory.endpoint(m.endpoint());
                    var role = Fields.of("role", m.role())
                            .and("organisation", m.organisation())
                            .and("organisationName", inWords(words, organisation.name(), organisation.nameEn()));
                    return endpoint == null
                            ? role
                            : role.and("endpoint", m.endpoint())
                                    .and("endpointName", inWords(words, endpoint.name(), endpoint.nameEn()));
                })
                .toList();
        return Fields.of("id", person.id())
                .and("username", person.username())
                .and("name", person.name())
                .and("title", person.title())
                .and("roles", roles)
                .and("expiresAt", asker.expiresAt());
    }

    static Map<String, Object> of(Session session, Asker asker) {
        return Fields.of("id", session.id())
                .and("kind", session.kind())
                .and("createdAt", session.createdAt())
                .and("expiresAt", session.expiresAt())
                .and("agent", session.agent())
                .and("current", session.id().equals(asker.sessionId()));
    }

    private static String inWords(Words words, String vietnamese, String english) {
        return words == Words.EN && english != null && !english.isEmpty() ? english : vietnamese;
    }
}
