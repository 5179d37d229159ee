package vn.giaoban.briefing;

import vn.giaoban.journal.Audience;

/** What sort of event it is, and who may know of it unless the organizer says otherwise. */
public enum Kind {
    BRIEFING(Audience.SITE),
    URGENT_BRIEFING(Audience.SITE),
    ONLINE_CONFERENCE(Audience.SITE),
    SEMINAR(Audience.SITE),
    TRAINING(Audience.SITE),
    PRESS_CONFERENCE(Audience.PUBLIC),
    PRESS_MEETING(Audience.PRESS),
    REHEARSAL(Audience.SITE);

    final Audience visibility;

    Kind(Audience visibility) {
        this.visibility = visibility;
    }
}
