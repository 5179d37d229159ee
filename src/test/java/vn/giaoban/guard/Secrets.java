package vn.giaoban.guard;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Words that stand nowhere else, each under the name of what it marks; finds them however they are written down. */
final class Secrets {
    private static final String LETTERS = "bcdfghjkmnpqrstvwxz0123456789";

    private final Map<String, List<String>> byName = new LinkedHashMap<>();
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Random random = new Random();

    /** A text to be written into a field, with tones and quotes, that holds a new word. */
    String text(String name) {
        var word = new StringBuilder("q");
        for (int i = 0; i < 13; i++) word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        id(name, word.toString());
        words.put(name, word.toString());
        return "Mật \"" + word + "\" đó";
    }

    /** Something that already is a word of its own: an id, a user name. */
    void id(String name, Object value) {
        byName.put(name, spellings(value.toString()));
    }

    Iterable<String> names() {
        return byName.keySet();
    }

    /** What one would type to search for it. */
    Map<String, String> words() {
        return words;
    }

    /** The names of all that stand in this, raw or in another's clothes. */
    TreeSet<String> in(String bytes) {
        var lower = bytes.toLowerCase(Locale.ROOT);
        var found = new TreeSet<String>();
        byName.forEach((name, spellings) -> {
            for (int i = 0; i < spellings.size(); i++)
                // Raw, percent and JSON leave such words as they are, in whatever case; base64 has its case.
                if ((i < 2 ? lower : bytes).contains(spellings.get(i))) found.add(name);
        });
        return found;
    }

    private static List<String> spellings(String word) {
        var bytes = word.getBytes(StandardCharsets.UTF_8);
        var base64 = IntStream.range(0, 3).mapToObj(offset -> base64(bytes, offset));
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(word, HexFormat.of().formatHex(bytes)), base64)
                .toList();
    }

    /** The part of the coding that is the same whatever stands before and after, at one of three places in a group. */
    private static String base64(byte[] word, int offset) {
        var padded = new byte[offset + word.length];
        System.arraycopy(word, 0, padded, offset, word.length);
        var text = Base64.getEncoder().withoutPadding().encodeToString(padded);
        int head = offset == 0 ? 0 : offset + 1;
        int whole = padded.length / 3 * 4;
        return text.substring(head, whole);
    }
}
