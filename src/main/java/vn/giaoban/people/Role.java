package vn.giaoban.people;

/** What a person may be within one organisation. */
public enum Role {
    ADMINISTRATOR,
    /** Secretary or coordinator (thư ký, điều phối): plans and runs the organisation's briefings. */
    ORGANIZER,
    /** Runs the organisation's briefings without changing their plan. */
    CHAIR,
    SPOKESPERSON,
    /** Speaks for one bridge endpoint. */
    SITE_OPERATOR,
    JOURNALIST,
    VIEWER
}
