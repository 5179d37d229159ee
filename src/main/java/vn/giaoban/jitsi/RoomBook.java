package vn.giaoban.jitsi;

/** Which rooms there are and what they are for; kept by the rooms of the house that make them. */
public interface RoomBook {
    /** The room of this name, which is in small letters; null where nobody ever made one. */
    VideoRoom find(String name);
}
