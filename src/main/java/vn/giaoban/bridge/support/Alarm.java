package vn.giaoban.bridge.support;

/** What a control room is to notice of a site. Which alarms stand, and since when, follows from the facts of its picture. */
public enum Alarm {
    LOST,
    /** For longer than a moment. */
    WEAK,
    HELP,
    /** A quarter of an hour before the beginning it is not there. */
    LATE
}
