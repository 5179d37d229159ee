package vn.giaoban.bench.storm;

import vn.giaoban.bench.Generator;

/** A server and one stream of it, which goes on whoever comes and goes. */
interface Stream extends AutoCloseable {
    String name();

    long pid();

    /** Points the generator at it; what it publishes from now on is numbered without a gap. */
    void aim(Generator generator) throws Exception;

    void publish() throws Exception;

    /** What the server itself counts, growing; NaN where it does not. */
    double count(What what) throws Exception;

    /** Things that a storm must not multiply. */
    enum What {
        SNAPSHOTS,
        DATABASE_READS
    }
}
