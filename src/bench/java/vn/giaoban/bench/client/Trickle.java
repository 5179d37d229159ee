package vn.giaoban.bench.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** A bad line: hands over so many bytes a second and leaves the rest to the kernel, until it is told otherwise. */
final class Trickle extends FilterInputStream {
    private volatile int bytesPerSecond;

    Trickle(InputStream in) {
        super(in);
    }

    void slow(int pace) {
        bytesPerSecond = pace;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int pace = bytesPerSecond;
        if (pace == 0) return super.read(into, from, length);
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
        return super.read(into, from, Math.min(length, pace));
    }
}
