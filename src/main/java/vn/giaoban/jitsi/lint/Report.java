package vn.giaoban.jitsi.lint;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Findings in words: file and line, what happens to people, and what to do about it. */
public final class Report {
    private final Properties words = new Properties();

    public Report(String language) {
        try (var in = Report.class.getResourceAsStream("/text/jitsi_lint_" + language + ".properties")) {
            if (in == null) throw new IllegalArgumentException("no language " + language);
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> lines(List<Finding> findings) {
        var lines = new ArrayList<String>();
        for (var finding : findings) {
            lines.add(finding.at().file() + ":" + finding.at().line() + ": " + finding.trap());
            lines.add("    " + sentence(finding, "what"));
            lines.add("    " + word("remedy") + " " + sentence(finding, "remedy"));
        }
        lines.add(word(findings.isEmpty() ? "clean" : "found").replace("{n}", "" + findings.size()));
        return lines;
    }

    public String word(String key) {
        return words.getProperty(key);
    }

    String sentence(Finding finding, String part) {
        var text = words.getProperty(finding.trap() + "." + part);
        for (var word : finding.words().entrySet()) text = text.replace("{" + word.getKey() + "}", word.getValue());
        return text;
    }
}
