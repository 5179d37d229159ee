package vn.giaoban;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the process ends. Told so once it closes the node in order and ends with 0; told again it waits for nobody any
 * more. Either has a limit: what is not put away by then ends or expires by itself, and the exit code is 1.
 */
final class Stop {
    private static final Logger log = LoggerFactory.getLogger(Stop.class);
    /** For everything but the two waits that are configured. */
    private static final Duration BESIDES = Duration.ofSeconds(5);

    private static final Duration HURRIED = Duration.ofSeconds(2);

    private final Node node;
    private final Duration longest;
    private final Semaphore told = new Semaphore(0);
    private volatile boolean closed;

    private Stop(Node node) {
        this.node = node;
        var http = node.settings().http();
        longest = BESIDES.plusMillis(http.drainWaitMs()).plusMillis(http.finishMs());
    }

    /** From now on the process ends so. */
    static void prepare(Node node) {
        var stop = new Stop(node);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::end, "stop"));
        for (var signal : List.of("TERM", "INT")) on(signal, stop::told);
    }

    /** Each time on a thread of its own: the first is the one that ends the process, the others only speak up. */
    private void told() {
        told.release();
        System.exit(0);
    }

    private void end() {
        told.drainPermits(); // the word that began this end
        var closing = Thread.ofPlatform().daemon().name("closing").start(() -> {
            node.close();
            closed = true;
            told.release();
        });
        try {
            told.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS);
            if (!closed) {
                node.hurry();
                closing.interrupt();
                closing.join(HURRIED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closed) return;
        log.warn("not everything was put away in time");
        Runtime.getRuntime().halt(1);
    }

    /**
     * The JVM itself hears only the first of several signals. What hears them all is part of it, but of no standard, and
     * compilers warn of it: hence by its name. Where it is missing the JVM's own way, the hook, remains.
     */
    private static void on(String name, Runnable then) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var own = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, method, given) -> {
                        then.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), own);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("SIG{} is left to the JVM", name, e);
        }
    }
}
