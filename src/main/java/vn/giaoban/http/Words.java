package vn.giaoban.http;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;

/** The sentences of problems and exports, Vietnamese first, English complete; both bundles hold the same keys. */
public enum Words {
    VI(Locale.forLanguageTag("vi")),
    EN(Locale.ENGLISH);

    private final ResourceBundle bundle;

    Words(Locale locale) {
        bundle = ResourceBundle.getBundle(
                "text.problems",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The first of our languages in an Accept-Language header; Vietnamese when it names none. */
    public static Words of(String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > 200) return VI;
        try {
            var match = Locale.lookup(
                    Locale.LanguageRange.parse(acceptLanguage), java.util.List.of(VI.locale(), Locale.ENGLISH));
            return Locale.ENGLISH.equals(match) ? EN : VI;
        } catch (IllegalArgumentException e) {
            return VI;
        }
    }

    public Locale locale() {
        return this == VI ? Locale.forLanguageTag("vi") : Locale.ENGLISH;
    }

    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    /** The sentence with its {names} filled in; the key itself where a sentence is missing, so that it is seen. */
    public String say(String key, Map<String, ?> values) {
        if (!bundle.containsKey(key)) return key;
        var text = bundle.getString(key);
        for (var entry : values.entrySet())
            text = text.replace("{" + entry.getKey() + "}", String.valueOf(entry.getValue()));
        return text;
    }

    public String say(String key) {
        return say(key, Map.of());
    }
}
