package vn.giaoban.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Taking out any single check of the policy turns its table red. The source is compiled once more with a switch at every
 * condition: with switch n thrown, condition n is always true (a refusal: never given).
 */
class PolicyMutantsTest {
    private static final Path SOURCE = Path.of("src/main/java/vn/giaoban/people/Policy.java");

    /** What a verb needs, what a helper answers; and what is refused. */
    private static final Pattern CONDITION = Pattern.compile("(?:->|return)\\s+([^;{}]*?[.(][^;{}]*);");

    private static final Pattern REFUSAL = Pattern.compile("if \\((.*)\\) (?:throw|return null)");

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, byte[]> compiled = new HashMap<>();

    @TestFactory
    Stream<DynamicTest> withoutAnySingleCheckATestIsRed() throws Exception {
        compile(switched(Files.readString(SOURCE)));
        assertTrue(conditions.size() > 25, () -> "the search finds the conditions: " + conditions);
        return IntStream.range(0, conditions.size())
                .mapToObj(n -> DynamicTest.dynamicTest(
                        conditions.get(n), () -> assertTrue(red(n), "nobody misses " + conditions.get(n))));
    }

    @Test
    void withAllChecksInPlaceNoneIsRed() throws Exception {
        compile(switched(Files.readString(SOURCE)));
        assertEquals(false, red(-1));
    }

    private String switched(String source) {
        var head = source.indexOf("private Policy() {}");
        var audience = source.indexOf("public static Audience audience");
        var after = source.indexOf("private static boolean organizes");
        // How far one sees is an answer of its own, not a condition; the table of audiences holds it.
        return source.substring(0, head)
                + "public static int off = -1;\n"
                + at(source.substring(head, audience))
                + source.substring(audience, after)
                + at(source.substring(after));
    }

    private String at(String part) {
        part = CONDITION
                .matcher(part)
                .replaceAll(found -> found.group(1).startsWith("throw")
                        ? java.util.regex.Matcher.quoteReplacement(found.group())
                        : java.util.regex.Matcher.quoteReplacement(found.group()
                                .replace(
                                        found.group(1),
                                        "off == " + number(found.group(1)) + " || (" + found.group(1) + ")")));
        return REFUSAL.matcher(part)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(found.group()
                        .replace(found.group(1), "off != " + number(found.group(1)) + " && (" + found.group(1) + ")")));
    }

    private int number(String condition) {
        conditions.add(condition.replaceAll("\\s+", " "));
        return conditions.size() - 1;
    }

    private void compile(String source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new java.io.StringWriter();
        var text =
                new SimpleJavaFileObject(
                        URI.create("string:///vn/giaoban/people/Policy.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignore) {
                        return source;
                    }
                };
        var memory = new ForwardingJavaFileManager<JavaFileManager>(compiler.getStandardFileManager(null, null, null)) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return new ByteArrayOutputStream() {
                            @Override
                            public void close() {
                                compiled.put(name, toByteArray());
                            }
                        };
                    }
                };
            }
        };
        var options = List.of("-proc:none", "-classpath", "target/classes");
        boolean done = compiler.getTask(messages, memory, null, options, null, List.of(text))
                .call();
        assertTrue(done, messages::toString);
    }

    /** Runs the policy's own test beside the altered policy. */
    private boolean red(int off) throws Exception {
        var loader = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith(PolicyTest.class.getName()) && !compiled.containsKey(name))
                    return super.loadClass(name, resolve);
                var loaded = findLoadedClass(name);
                if (loaded != null) return loaded;
                try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    var bytes = compiled.containsKey(name) ? compiled.get(name) : in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (java.io.IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        };
        loader.loadClass(Policy.class.getName()).getField("off").setInt(null, off);
        var test = loader.loadClass(PolicyTest.class.getName());
        var constructor = test.getDeclaredConstructor();
        constructor.setAccessible(true);
        var object = constructor.newInstance();
        for (var method : test.getDeclaredMethods()) {
            if (!method.isAnnotationPresent(Test.class) && !method.isAnnotationPresent(TestFactory.class)) continue;
            method.setAccessible(true);
            try {
                var result = method.invoke(object);
                if (result instanceof Stream<?> tests)
                    for (var one : tests.toList())
                        ((DynamicTest) one).getExecutable().execute();
            } catch (Throwable red) {
                return true;
            }
        }
        return false;
    }
}
