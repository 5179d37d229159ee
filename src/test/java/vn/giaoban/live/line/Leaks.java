package vn.giaoban.live.line;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Watches every buffer of Netty's from now on: which of them was lost without being released. */
final class Leaks {
    private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    Leaks() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        told.start();
        logger.addAppender(told);
    }

    /** What was lost, as Netty tells it. The detector speaks when it is asked for another buffer. */
    List<String> found() {
        try {
            for (int i = 0; i < 3; i++) {
                collect();
                ByteBufAllocator.DEFAULT.directBuffer(16).release();
                ByteBufAllocator.DEFAULT.heapBuffer(16).release();
            }
            return told.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        } finally {
            logger.detachAppender(told);
            ResourceLeakDetector.setLevel(before);
        }
    }

    /** Whatever nobody holds any more was found to be so. */
    private static void collect() {
        var cleared = new ReferenceQueue<Object>();
        var one = new WeakReference<>(new Object(), cleared);
        try {
            while (cleared.remove(100) != one) System.gc();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
