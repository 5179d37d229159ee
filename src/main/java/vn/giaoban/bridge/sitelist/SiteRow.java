package vn.giaoban.bridge.sitelist;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One line of the list of sites (danh sách điểm cầu) that goes with an invitation. What nobody has written down is
 * empty, never guessed.
 *
 * @param expected delegates registered so far; 0 where nobody has
 * @param answer CONFIRMED, DECLINED, or null
 * @param state how it stands while the doors are open; null before
 */
record SiteRow(
        int no,
        UUID endpoint,
        String point,
        Level level,
        String room,
        int expected,
        List<String> equipment,
        List<Contact> contacts,
        Test test1,
        Test test2,
        String answer,
        String state) {
    enum Level {
        CENTRE,
        MINISTRY,
        PROVINCE,
        COMMUNE,
        UNIT
    }

    record Contact(String name, String phone) {}

    /** A technical test: its result and when it was made. */
    record Test(String verdict, Instant at) {}
}
