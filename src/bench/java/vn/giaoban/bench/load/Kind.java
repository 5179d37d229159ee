package vn.giaoban.bench.load;

/** How a server is spoken to. */
public enum Kind {
    GIAOBAN_WS,
    GIAOBAN_SSE,
    NCHAN_WS,
    /** Its own sub-protocol, which tells each message's id: only so a reader can come back where it was. */
    NCHAN_META,
    NCHAN_SSE,
    SOCKET_IO;

    boolean events() {
        return this == GIAOBAN_SSE || this == NCHAN_SSE;
    }

    /** Giao Ban's lines are ready with their first picture, the others' with the handshake. */
    boolean pictureFirst() {
        return this == GIAOBAN_WS || this == GIAOBAN_SSE;
    }
}
