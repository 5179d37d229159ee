package vn.giaoban.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import vn.giaoban.db.CannotStart;

/** Whose word about a caller's address is believed: the proxies that were named, by address or by network. */
class OriginsTest {
    private static boolean believed(String peer, String... proxies) {
        return new Origins(List.of(), List.of(proxies), false).believes(peer);
    }

    @Test
    void aProxyIsNamedByItsAddress() {
        assertTrue(believed("10.1.2.3", "10.9.9.9", "10.1.2.3"));
        assertFalse(believed("10.1.2.4", "10.1.2.3"));
        assertFalse(believed("10.1.2.3"));
        assertTrue(believed("0:0:0:0:0:0:0:1", "::1"));
        assertFalse(believed("127.0.0.1", "::1"));
    }

    @Test
    void orByItsNetwork() {
        assertTrue(believed("10.42.255.255", "10.42.0.0/16"));
        assertFalse(believed("10.43.0.0", "10.42.0.0/16"));
        assertTrue(believed("172.31.0.1", "172.16.0.0/12"));
        assertFalse(believed("172.32.0.1", "172.16.0.0/12"));
        assertTrue(believed("10.1.2.3", "10.1.2.2/31"));
        assertFalse(believed("10.1.2.4", "10.1.2.2/31"));
        assertTrue(believed("fd00:1:0:0:0:0:0:9", "fd00:1::/64"));
        assertFalse(believed("fd00:2:0:0:0:0:0:9", "fd00:1::/64"));
        assertTrue(believed("203.0.113.9", "0.0.0.0/0"));
        assertFalse(believed("", "0.0.0.0/0"));
    }

    @Test
    void whatIsNeitherIsSaidAtTheStart() {
        for (var proxy : List.of("proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.256", ""))
            assertThrows(CannotStart.class, () -> believed("10.0.0.1", proxy), proxy);
    }
}
