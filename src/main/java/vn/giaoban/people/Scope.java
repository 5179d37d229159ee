package vn.giaoban.people;

import java.util.Set;
import java.util.UUID;
import vn.giaoban.journal.Audience;

/**
 * What the policy must know of a thing, and nothing more: whose it is, who is named on it, and who may see it.
 *
 * @param officers the persons named chair, secretary or operator of a briefing
 * @param endpoints the invited ones
 * @param visibility the narrowest circle it is hidden outside of
 */
public record Scope(UUID organisation, Set<UUID> officers, Set<UUID> endpoints, Audience visibility, boolean draft) {

    /** For verbs that concern no particular thing. */
    public static final Scope NONE = of(null);

    /** For verbs that concern an organisation as such; that it exists is no secret. */
    public static Scope of(UUID organisation) {
        return new Scope(organisation, Set.of(), Set.of(), Audience.PUBLIC, false);
    }
}
