package vn.giaoban.people.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import vn.giaoban.http.Refusal;

/**
 * Hashes passwords with Argon2id and knows which are too easily guessed. Hashing is slow on purpose, so it has a
 * few threads of its own and a short queue: a flood of sign-ins is refused and holds up nothing else.
 */
public final class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MIN_LENGTH = 12;
    private static final int MIN_DISTINCT = 5;
    private static final int LETTERS = 20;
    private static final int GROUP = 5;
    private static final int WAITING_PER_THREAD = 32;

    /** What an unknown name is held against, so that it takes as long as a known one. No password has this hash. */
    public static final String NOBODYS = phc(new byte[SALT_BYTES], new byte[HASH_BYTES]);

    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([^$]+)\\$([^$]+)");
    /** Without letters that look like others. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> COMMON = common();

    private final ThreadPoolExecutor hashers;

    public Passwords(int parallelHashes) {
        hashers = new ThreadPoolExecutor(
                parallelHashes,
                parallelHashes,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(parallelHashes * WAITING_PER_THREAD),
                Thread.ofPlatform().daemon().name("password-", 0).factory());
        hashers.allowCoreThreadTimeOut(true);
    }

    /** The hash with its salt and cost, as a PHC string. */
    public String hash(String password) {
        return inTurn(() -> {
            var salt = new byte[SALT_BYTES];
            RANDOM.nextBytes(salt);
            return phc(salt, argon2(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
        });
    }

    public boolean matches(String password, String phc) {
        var parts = PHC.matcher(phc);
        if (!parts.matches()) throw new IllegalStateException("a stored password hash cannot be read");
        var salt = Base64.getDecoder().decode(parts.group(4));
        var hash = Base64.getDecoder().decode(parts.group(5));
        return inTurn(() -> MessageDigest.isEqual(
                hash,
                argon2(
                        password,
                        salt,
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        hash.length)));
    }

    /** Refuses a new password that is short, or made of a common one, of few letters, or of the account's name. */
    public static void demandStrong(String pointer, String password, String username) {
        if (password.codePointCount(0, password.length()) < MIN_LENGTH)
            throw Refusal.field(pointer, "password-short", Map.of("minimum", MIN_LENGTH));
        var small = plain(password);
        var letters = small.replaceAll("\\P{L}", "");
        if (letters.isEmpty()
                || COMMON.contains(letters)
                || COMMON.contains(small)
                || small.chars().distinct().count() < MIN_DISTINCT
                || small.contains(username.toLowerCase(Locale.ROOT))) throw Refusal.field(pointer, "password-common");
    }

    /** Twenty letters and digits in four groups: near 100 bits, easily read out on the telephone. */
    public static String random() {
        var secret = new byte[LETTERS];
        RANDOM.nextBytes(secret);
        return of(secret);
    }

    /** Such a password out of at least twenty secret bytes: the same bytes make the same password again. */
    public static String of(byte[] secret) {
        var text = new StringBuilder();
        for (int i = 0; i < LETTERS; i++) {
            if (i > 0 && i % GROUP == 0) text.append('-');
            text.append(ALPHABET.charAt((secret[i] & 0xff) % ALPHABET.length()));
        }
        return text.toString();
    }

    /** However it is typed: lower case, without tones. */
    private static String plain(String password) {
        return Normalizer.normalize(password.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replace('đ', 'd');
    }

    private <T> T inTurn(Callable<T> work) {
        try {
            return hashers.submit(work).get();
        } catch (RejectedExecutionException e) {
            throw new Refusal(503, "busy", Map.of());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "busy", Map.of());
        }
    }

    private static byte[] argon2(String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        var hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private static String phc(byte[] salt, byte[] hash) {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$" + base64.encodeToString(salt)
                + "$" + base64.encodeToString(hash);
    }

    private static Set<String> common() {
        try (var in = Passwords.class.getResourceAsStream("/people/common-passwords.txt");
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
