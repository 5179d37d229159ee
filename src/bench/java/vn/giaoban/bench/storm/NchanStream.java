package vn.giaoban.bench.storm;

import java.io.IOException;
import vn.giaoban.bench.Generator;
import vn.giaoban.bench.load.Kind;
import vn.giaoban.bench.load.Publisher;
import vn.giaoban.bench.peer.Nchan;
import vn.giaoban.bench.peer.Peer;

/** nginx with nchan, read by its own sub-protocol for those who come back; the same frames, published by POST. */
final class NchanStream implements Stream {
    private final Nchan nchan = new Nchan();
    private final Peer peer = nchan.read("nchan", Kind.NCHAN_META);
    private final Publisher publisher = new Publisher(nchan.port(), "/publish", false);
    private long next = 1;

    NchanStream() throws IOException, InterruptedException {}

    @Override
    public String name() {
        return peer.name();
    }

    @Override
    public long pid() {
        return peer.pid();
    }

    @Override
    public void aim(Generator generator) throws Exception {
        peer.aim(generator);
        next = 1;
    }

    @Override
    public void publish() throws IOException {
        publisher.publish(next++, 1);
    }

    @Override
    public double count(What what) {
        return Double.NaN;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        publisher.close();
        nchan.close();
    }
}
