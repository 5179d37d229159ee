package vn.giaoban.briefing;

/** Where a briefing stands in its life. */
public enum Status {
    /** Known to its planners only. */
    DRAFT,
    SCHEDULED,
    /** Off its hour, the new one not yet known. */
    POSTPONED,
    /** The doors are open: sites join, nothing runs yet. */
    OPEN,
    LIVE,
    CLOSED,
    CANCELLED;

    /** Holds its endpoints, people and room. */
    public boolean books() {
        return this == SCHEDULED || this == OPEN || this == LIVE;
    }

    /** Sites may take their places. */
    public boolean doorsOpen() {
        return this == OPEN || this == LIVE;
    }

    public boolean over() {
        return this == CLOSED || this == CANCELLED;
    }
}
