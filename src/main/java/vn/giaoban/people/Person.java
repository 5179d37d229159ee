package vn.giaoban.people;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import vn.giaoban.http.Call;
import vn.giaoban.http.Refusal;
import vn.giaoban.journal.Actor;

/** A person with an account, and what he is where. Its version grows with every change, so old copies are known. */
public record Person(
        UUID id, String username, String name, String title, List<Membership> roles, boolean disabled, int version) {

    /** A role within one organisation; a site operator's is for one endpoint. */
    public record Membership(Role role, UUID organisation, UUID endpoint) {}

    /** Somebody who has not signed in. */
    public static final Person ANONYMOUS = new Person(null, "", "", "", List.of(), false, 0);

    public static Person of(Call call) {
        return Asker.of(call).person();
    }

    public boolean anonymous() {
        return id == null;
    }

    public Actor actor() {
        return new Actor(id.toString());
    }

    public boolean is(Role role) {
        return roles.stream().anyMatch(m -> m.role() == role);
    }

    public boolean is(Role role, UUID organisation) {
        return roles.stream().anyMatch(m -> m.role() == role && m.organisation().equals(organisation));
    }

    public boolean operates(UUID endpoint) {
        return roles.stream()
                .anyMatch(m -> m.role() == Role.SITE_OPERATOR && m.endpoint().equals(endpoint));
    }

    /** Strong, and the same for everybody who may read it. */
    public String etag() {
        return "\"p" + version + "\"";
    }

    /** Whether there would be an administrator if there were nobody else. */
    boolean administers() {
        return is(Role.ADMINISTRATOR) && !disabled;
    }

    /** Whatever the versions. */
    boolean sameAs(Person other) {
        return name.equals(other.name)
                && title.equals(other.title)
                && disabled == other.disabled
                && Set.copyOf(roles).equals(Set.copyOf(other.roles));
    }

    /** The next version, with what is not null changed. */
    Person edited(String name, String title, Boolean disabled, List<Membership> roles) {
        return new Person(
                id,
                username,
                name == null ? this.name : name,
                title == null ? this.title : title,
                roles == null ? this.roles : orderly(roles),
                disabled == null ? this.disabled : disabled,
                version + 1);
    }

    /** An endpoint belongs to a site operator's role and to no other; no role twice. */
    static List<Membership> orderly(List<Membership> roles) {
        for (int i = 0; i < roles.size(); i++) {
            var membership = roles.get(i);
            var pointer = "/roles/" + i;
            if (membership.role() == Role.SITE_OPERATOR && membership.endpoint() == null)
                throw Refusal.field(pointer + "/endpoint", "required");
            if (membership.role() != Role.SITE_OPERATOR && membership.endpoint() != null)
                throw Refusal.field(pointer + "/endpoint", "endpoint-needless");
            if (roles.indexOf(membership) < i) throw Refusal.field(pointer, "twice");
        }
        return List.copyOf(roles);
    }
}
