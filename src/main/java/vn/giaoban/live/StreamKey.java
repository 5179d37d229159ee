package vn.giaoban.live;

/** One audience's picture of one thing: the stream's name and for whom it is drawn. */
public record StreamKey(String stream, String audience) implements Comparable<StreamKey> {
    @Override
    public int compareTo(StreamKey other) {
        int byStream = stream.compareTo(other.stream);
        return byStream != 0 ? byStream : audience.compareTo(other.audience);
    }

    @Override
    public String toString() {
        return stream + "#" + audience;
    }
}
