package vn.giaoban.jitsi.reservation;

import java.time.Instant;

/** That Jitsi may keep a room standing: under which number, from when, for how many. */
record Reservation(long id, String room, Instant startAt, int seats) {}
