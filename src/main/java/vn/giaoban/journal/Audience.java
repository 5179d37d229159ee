package vn.giaoban.journal;

import java.util.List;
import java.util.Locale;

/** For whom a picture is drawn. The first four are nested: what one may see, the next may see too. */
public enum Audience {
    PUBLIC,
    PRESS,
    SITE,
    STAFF,
    /** The one person that a stream is about; outside the nesting. */
    SELF;

    public static final List<Audience> NESTED = List.of(PUBLIC, PRESS, SITE, STAFF);

    /** Whether something that begins to be visible at {@code from} is visible to this audience. */
    public boolean sees(Audience from) {
        return compareTo(from) >= 0;
    }

    /** The name in addresses and frames. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Audience of(String word) {
        for (var audience : values()) if (audience.word().equals(word)) return audience;
        return null;
    }
}
