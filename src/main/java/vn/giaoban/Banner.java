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
        if (!node.demoAccounts().isEmpty()) {
            text.append("\n  Demo accounts, all with the password ")
                    .append(Demo.PASSWORD)
                    .append(":\n");
            for (var account : node.demoAccounts())
                text.append("    %-10s %-14s %s%n".formatted(account.username(), account.role(), account.name()));
            text.append('\n');
        }
        return text.append("  Stop with Ctrl-C.\n").toString();
    }
}
