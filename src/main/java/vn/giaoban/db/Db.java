package vn.giaoban.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to PostgreSQL for code on virtual threads. A transaction is a scope: every {@link #query} inside
 * {@link #transaction} runs in it, however deep the call, and an inner transaction joins the outer one.
 * Every call has a deadline; the driver itself has none, and a stopped server would hold its caller for ever.
 */
public final class Db {
    private static final String DEADLOCK = "40P01";
    private static final int TRIES = 3;
    private static final Logger log = LoggerFactory.getLogger(Db.class);
    /** The server's own limit is to speak first: what it says is more exact. */
    private static final long GRACE_MS = 200;

    private static final int GONE_MS = 5_000;

    private static final ScopedValue<Scope> SCOPE = ScopedValue.newInstance();

    private final Pool pool;
    private final long deadlineMs;
    private final DbMeters meters;
    private final Breaker breaker = new Breaker();
    private volatile long answered = System.nanoTime();

    /**
     * One address serves commands and reads: each connection works under the role from its first moment on, and there
     * is none where the server does not grant that.
     */
    public Db(Vertx vertx, String url, String role, int size, int maxWaitQueue, long deadlineMs, DbMeters meters) {
        this.deadlineMs = deadlineMs;
        this.meters = meters;
        var connect = options(url)
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(512)
                .setProperties(Map.of(
                        "application_name",
                        role,
                        "role",
                        role,
                        "search_path",
                        "public",
                        "TimeZone",
                        "UTC",
                        "statement_timeout",
                        String.valueOf(deadlineMs),
                        "lock_timeout",
                        String.valueOf(Math.max(500, deadlineMs / 2)),
                        "idle_in_transaction_session_timeout",
                        "10000",
                        // A node whose machine is gone: its sessions, and what they hold, are not kept for hours.
                        "tcp_user_timeout",
                        String.valueOf(GONE_MS),
                        "tcp_keepalives_idle",
                        "30"));
        // The same the other way round: bytes that nobody acknowledges are a connection that is no more.
        var network = new NetClientOptions()
                .setConnectTimeout((int) deadlineMs)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(GONE_MS);
        var options = new PoolOptions()
                .setMaxSize(size)
                .setMaxWaitQueueSize(maxWaitQueue)
                .setConnectionTimeout((int) deadlineMs)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(300)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setShared(false);
        this.pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(connect)
                .with(options)
                .with(network)
                .build();
    }

    static PgConnectOptions options(String url) {
        return PgConnectOptions.fromUri(
                url.startsWith("postgres://") ? "postgresql://" + url.substring("postgres://".length()) : url);
    }

    /** Runs one prepared statement and waits for its rows. */
    public RowSet<Row> query(String sql, Object... arguments) {
        return counted(() -> await(client().preparedQuery(sql).execute(Tuple.from(arguments))));
    }

    /** The first row, or null. */
    public Row row(String sql, Object... arguments) {
        var rows = query(sql, arguments);
        return rows.size() == 0 ? null : rows.iterator().next();
    }

    /** The same statement for many rows, in one round trip. */
    public void batch(String sql, List<Tuple> rows) {
        if (!rows.isEmpty()) counted(() -> await(client().preparedQuery(sql).executeBatch(rows)));
    }

    /** For code on event loops, which never waits. */
    public Future<RowSet<Row>> ask(String sql, Object... arguments) {
        if (!breaker.lets(System.nanoTime())) return Future.failedFuture(silence(null));
        long began = meters.begins();
        return pool.preparedQuery(sql)
                .execute(Tuple.from(arguments))
                .timeout(deadlineMs, TimeUnit.MILLISECONDS)
                .onSuccess(rows -> answered())
                .recover(failure -> Future.failedFuture(translate(failure)))
                .onComplete(done -> meters.ends(began));
    }

    /** For how long the database has answered nothing; a node that is awake asks it several times a second. */
    public long silentMs() {
        return (System.nanoTime() - answered) / 1_000_000;
    }

    public boolean inTransaction() {
        return SCOPE.isBound() && SCOPE.get().db == this;
    }

    /** All or nothing. What {@link #afterCommit} was given runs once the outermost transaction is in the books. */
    public <T> T transaction(Supplier<T> body) {
        if (inTransaction()) return body.get();
        return counted(() -> again(body));
    }

    /** Of two that wait for each other the database sends one away, and nothing of it stands: it goes again. */
    private <T> T again(Supplier<T> body) {
        for (int tries = 1; ; tries++)
            try {
                return alone(body);
            } catch (Unavailable failure) {
                boolean waited = failure.getCause() instanceof PgException e && DEADLOCK.equals(e.getSqlState());
                if (!waited || tries == TRIES) throw failure;
            }
    }

    private <T> T alone(Supplier<T> body) {
        long asked = System.nanoTime();
        var connection = await(pool.getConnection());
        meters.connected(asked);
        try {
            var transaction = await(connection.begin());
            var scope = new Scope(this, connection, new ArrayList<>());
            T result;
            try {
                result = ScopedValue.where(SCOPE, scope).call(body::get);
            } catch (Unavailable failure) {
                transaction.rollback(); // behind what does not answer: whoever asked has waited long enough
                throw failure;
            } catch (RuntimeException | Error failure) {
                rollback(transaction);
                throw failure;
            }
            commit(transaction);
            for (var action : scope.afterCommit) {
                try {
                    action.run();
                } catch (RuntimeException e) {
                    log.error("after commit", e); // the change is in the books: what follows it may only be late
                }
            }
            return result;
        } finally {
            connection.close();
        }
    }

    /** Inside a transaction: all of the body or nothing of it, and where it fails the rest of the transaction stands. */
    public <T> T attempt(Supplier<T> body) {
        var after = SCOPE.get().afterCommit;
        int before = after.size();
        query("SAVEPOINT attempt");
        try {
            var result = body.get();
            query("RELEASE SAVEPOINT attempt");
            return result;
        } catch (Unavailable failure) {
            throw failure;
        } catch (RuntimeException failure) {
            query("ROLLBACK TO SAVEPOINT attempt");
            after.subList(before, after.size()).clear();
            throw failure;
        }
    }

    public void afterCommit(Runnable action) {
        if (inTransaction()) SCOPE.get().afterCommit.add(action);
        else action.run();
    }

    public void close() {
        await(pool.close());
    }

    private SqlClient client() {
        return inTransaction() ? SCOPE.get().connection : pool;
    }

    /** What holds a connection is counted once: a statement, or the transaction around it. */
    private <T> T counted(Supplier<T> work) {
        if (inTransaction()) return work.get();
        if (!breaker.lets(System.nanoTime())) throw silence(null);
        long began = meters.begins();
        try {
            return work.get();
        } finally {
            meters.ends(began);
        }
    }

    private void rollback(Transaction transaction) {
        try {
            await(transaction.rollback());
        } catch (RuntimeException e) {
            log.debug("rollback", e); // the connection is gone, and the transaction with it
        }
    }

    /** A connection that dies inside COMMIT leaves the outcome unknown: say so, never guess. */
    private void commit(Transaction transaction) {
        try {
            await(transaction.commit());
        } catch (Unavailable e) {
            throw new Unavailable("outcome unknown", e, true);
        }
    }

    private <T> T await(Future<T> future) {
        try {
            T result =
                    future.timeout(deadlineMs + GRACE_MS, TimeUnit.MILLISECONDS).await();
            answered();
            return result;
        } catch (Throwable failure) {
            throw translate(failure);
        }
    }

    private void answered() {
        answered = System.nanoTime();
        if (breaker.answered()) log.info("the database answers again");
    }

    private RuntimeException translate(Throwable failure) {
        if (failure instanceof PgException e && spoke(e.getSqlState())) {
            answered(); // a no is an answer
            return busy(e.getSqlState()) ? silence(e) : e;
        }
        if (!(failure instanceof PgException
                || failure instanceof TimeoutException
                || failure instanceof java.io.IOException
                || failure instanceof io.vertx.core.VertxException))
            return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
        meters.unanswered();
        if (breaker.unanswered(System.nanoTime()))
            log.warn("the database does not answer: calls are refused until it does ({})", failure.getMessage());
        return silence(failure);
    }

    private static Unavailable silence(Throwable cause) {
        return new Unavailable("the database does not answer", cause, false);
    }

    /** Not: connection lost (08), shutting down or starting (57P), out of resources (53). */
    private static boolean spoke(String state) {
        return state == null || !(state.startsWith("08") || state.startsWith("57P") || state.startsWith("53"));
    }

    /** It works, only not on this in time: cut by a time limit, or one of two that waited for each other. */
    private static boolean busy(String state) {
        return state != null && List.of("57014", "55P03", "25P03", DEADLOCK).contains(state);
    }

    private record Scope(Db db, SqlConnection connection, List<Runnable> afterCommit) {}
}
