package vn.giaoban.people.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import vn.giaoban.db.Db;

/** The key pairs that sign tokens: made at the first start of an installation, shared by its nodes through the database. */
public final class Keys {
    private static final String PURPOSE = "token";
    private static final String FIRST = "token-1";

    private Keys() {}

    /** An ES256 pair as PEM; the id is what tokens name in their header. */
    public record Pair(String id, String privatePem, String publicPem) {
        /** Another secret that follows from this one and tells nothing of it. */
        public byte[] derived(String purpose) {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(privatePem.getBytes(StandardCharsets.US_ASCII), mac.getAlgorithm()));
                return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return "Pair[" + id + "]";
        }
    }

    /** Newest first. Two nodes that start together make one pair: the second insert finds the first. */
    public static List<Pair> load(Db db, Clock clock) {
        if (db.row("SELECT 1 FROM key_pair WHERE purpose = $1 LIMIT 1", PURPOSE) == null) {
            var pair = make(FIRST);
            db.query(
                    """
                    INSERT INTO key_pair (id, purpose, private_pem, public_pem, created_at)
                    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING""",
                    pair.id(),
                    PURPOSE,
                    pair.privatePem(),
                    pair.publicPem(),
                    clock.instant().atOffset(ZoneOffset.UTC));
        }
        var pairs = new ArrayList<Pair>();
        for (var row : db.query(
                "SELECT id, private_pem, public_pem FROM key_pair WHERE purpose = $1 ORDER BY created_at DESC",
                PURPOSE))
            pairs.add(new Pair(row.getString("id"), row.getString("private_pem"), row.getString("public_pem")));
        return pairs;
    }

    static Pair make(String id) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            return new Pair(
                    id,
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                    pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + what + "-----\n" + lines.encodeToString(der) + "\n-----END " + what + "-----\n";
    }
}
