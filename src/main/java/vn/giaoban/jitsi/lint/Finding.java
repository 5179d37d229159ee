package vn.giaoban.jitsi.lint;

import java.util.Map;
import vn.giaoban.jitsi.lint.config.Setting;

/** A known trap that a file has: which, where, and the words of that file that its sentences repeat. */
public record Finding(String trap, Setting at, Map<String, String> words) {
    static Finding finding(String trap, Setting at) {
        return new Finding(trap, at, Map.of("name", at.name(), "value", at.value()));
    }
}
