package vn.giaoban.live;

/** Told whose watched line came to and went from a stream; called on event loops, so it must not wait. */
public interface Followers {
    void came(String stream, String socket, String person);

    void went(String stream, String socket, String person);

    Followers NOBODY = new Followers() {
        @Override
        public void came(String stream, String socket, String person) {}

        @Override
        public void went(String stream, String socket, String person) {}
    };
}
