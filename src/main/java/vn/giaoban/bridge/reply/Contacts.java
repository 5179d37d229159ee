package vn.giaoban.bridge.reply;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Whom to call at a site; known to the room that keeps the register. */
public interface Contacts {
    /** Nobody is known yet. */
    Contacts NONE = endpoints -> Map.of();

    record Contact(String name, String title, String phone, String email) {}

    Map<UUID, List<Contact>> of(Collection<UUID> endpoints);
}
