package vn.giaoban.journal;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A part of a stream's picture: where it stands in the picture, and what each audience may see of it.
 * An audience for which the view is null does not know that the part exists.
 */
public record Part(
        String stream, List<String> path, List<Audience> audiences, Function<Audience, Map<String, Object>> view) {
    public Part(String stream, String path, Function<Audience, Map<String, Object>> view) {
        this(stream, List.of(path), Audience.NESTED, view);
    }
}
