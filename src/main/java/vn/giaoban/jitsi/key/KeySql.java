package vn.giaoban.jitsi.key;

import static vn.giaoban.db.Columns.instant;
import static vn.giaoban.db.Columns.time;

import java.util.ArrayList;
import java.util.List;
import vn.giaoban.db.Db;

/** Jitsi's keys in the table of key pairs, by purpose. */
final class KeySql {
    private final Db db;

    KeySql(Db db) {
        this.db = db;
    }

    List<SigningKey> of(String purpose) {
        var keys = new ArrayList<SigningKey>();
        for (var row : db.query(
                "SELECT id, private_pem, public_pem, created_at FROM key_pair WHERE purpose = $1 ORDER BY created_at",
                purpose))
            keys.add(new SigningKey(
                    row.getString("id"),
                    row.getString("private_pem"),
                    row.getString("public_pem"),
                    instant(row, "created_at")));
        return keys;
    }

    /** One node at a time, until the transaction's end. */
    void lock(String purpose) {
        db.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 9))", purpose);
    }

    void insert(String purpose, SigningKey key) {
        db.query(
                "INSERT INTO key_pair (id, purpose, private_pem, public_pem, created_at) VALUES ($1, $2, $3, $4, $5)",
                key.id(),
                purpose,
                key.privatePem(),
                key.publicPem(),
                time(key.createdAt()));
    }

    void delete(SigningKey key) {
        db.query("DELETE FROM key_pair WHERE id = $1", key.id());
    }
}
