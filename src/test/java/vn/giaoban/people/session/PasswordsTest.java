package vn.giaoban.people.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.giaoban.http.Refusal;

/** What passwords become, and which are refused. */
class PasswordsTest {
    private final Passwords passwords = new Passwords(2);

    @Test
    void aHashFitsItsPasswordAndNoOther() {
        var hash = passwords.hash("lúa chín đầy đồng");
        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
        assertTrue(passwords.matches("lúa chín đầy đồng", hash));
        assertFalse(passwords.matches("lua chin day dong", hash));
        assertFalse(passwords.matches("lúa chín đầy đồng ", hash));
        assertNotEquals(hash, passwords.hash("lúa chín đầy đồng"));
    }

    @Test
    void readsWhatOthersMade() {
        // From the reference implementation's own test values (version 19, 64 KiB, 2 passes, 1 lane).
        var hash = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertTrue(passwords.matches("password", hash));
        assertFalse(passwords.matches("passwort", hash));
    }

    @Test
    void nobodyHasTheHashOfNobody() {
        assertFalse(passwords.matches("", Passwords.NOBODYS));
        assertFalse(passwords.matches("password", Passwords.NOBODYS));
    }

    @Test
    void aFloodIsRefusedInsteadOfQueuedForEver() throws Exception {
        var one = new Passwords(1);
        int refused = 0;
        try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 60; i++)
                answers.add(askers.submit(() -> {
                    try {
                        one.matches("x", Passwords.NOBODYS);
                        return false;
                    } catch (Refusal busy) {
                        return busy.status() == 503;
                    }
                }));
            for (var answer : answers) if (answer.get()) refused++;
        }
        assertTrue(refused > 0 && refused < 60, refused + " of 60 refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ngắn quá",
                "matkhau123456",
                "MatKhau@2026!!",
                "Mật khẩu 123456",
                "PASSWORD2026!!!",
                "p@ssw0rd1234",
                "0912345678901",
                "01/01/1990 01/01",
                "aaaaaaaaaaaaaaaa",
                "xinh.lan.tuyet.dep",
                "giaobantructuyen1"
            })
    void refusesWhatIsEasilyGuessed(String password) {
        var refusal = assertThrows(Refusal.class, () -> Passwords.demandStrong("/next", password, "lan.tuyet"));
        assertEquals(422, refusal.status());
        assertEquals("/next", refusal.faults().getFirst().pointer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mưa rơi trên mái tôn", "kJ8#vQ2-zz1m", "con trâu đi trước cái cày theo sau"})
    void takesWhatIsNot(String password) {
        assertDoesNotThrow(() -> Passwords.demandStrong("/next", password, "lan.tuyet"));
    }

    @Test
    void randomOnesAreStrongAndNeverTheSame() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            var password = Passwords.random();
            assertTrue(password.matches("([a-z2-9]{5}-){3}[a-z2-9]{5}"), password);
            assertTrue(seen.add(password));
        }
        assertEquals(Passwords.of(new byte[32]), Passwords.of(new byte[32]));
    }
}
