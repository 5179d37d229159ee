package vn.giaoban.live.line;

/** How a reader's bytes go: which encoding, and by which of our two paths, with TLS or without. */
enum Way {
    WS_NATIVE(Encoding.WS, true, false),
    WS_PLAIN(Encoding.WS, false, false),
    WS_TLS(Encoding.WS, true, true),
    SSE_NATIVE(Encoding.SSE, true, false),
    SSE_PLAIN(Encoding.SSE, false, false),
    SSE_TLS(Encoding.SSE, true, true);

    final Encoding encoding;
    final boolean natively;
    final boolean tls;

    Way(Encoding encoding, boolean natively, boolean tls) {
        this.encoding = encoding;
        this.natively = natively;
        this.tls = tls;
    }
}
