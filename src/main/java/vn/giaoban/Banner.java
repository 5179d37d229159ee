package vn.giaoban;

/** What the person at the keyboard reads when a node has started. */
final class Banner {
    private Banner() {}

    static String of(Node node, boolean tls) {
        var text = new StringBuilder("\n  Giao Ban: ")
                .append(tls ? "https" : "http")
                .append("://localhost:")
                .append(node.port())
                .append("\n");
        if (node.firstPassword() != null)
            text.append("  First administrator: admin / ")
                    .append(node.firstPassword())
                    .append("   (shown this once)\n");
        return text.append("  Stop with Ctrl-C.\n").toString();
    }
}
