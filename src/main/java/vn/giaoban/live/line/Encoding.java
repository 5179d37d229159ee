package vn.giaoban.live.line;

/** How a frame's text is wrapped for its way: as a WebSocket frame, or as one chunk of Server-Sent Events. */
public enum Encoding {
    WS,
    SSE
}
