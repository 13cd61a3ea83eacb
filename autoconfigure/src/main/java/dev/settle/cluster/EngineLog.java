package dev.settle.cluster;

import dev.settle.cluster.ClusterSettings.OnFailure;
import dev.settle.core.Failures;
import dev.settle.time.TimeSource;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Says when the engine goes away and comes back: once in a while at most, because it may do so often, and never with a stack or
 * what was asked, which has keys in it.
 */
final class EngineLog {

    private static final System.Logger LOG = System.getLogger(Cluster.class.getName());
    private static final long QUIET = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_KINDS = 100;

    /** From here on a client writes what it had been asked. */
    private static final Pattern QUESTION =
            Pattern.compile("[,.;]?\\s*(channel|command|params|Node source)\\s*:.*", Pattern.DOTALL);

    private final String engine;
    private final OnFailure onFailure;
    private final TimeSource time;
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();

    // Guarded by this.
    private boolean said;
    private long saidAt;

    EngineLog(String engine, OnFailure onFailure, TimeSource time) {
        this.engine = engine;
        this.onFailure = onFailure;
        this.time = time;
        this.saidAt = time.nanoTime() - QUIET;
    }

    void away(Throwable failure) {
        boolean says = says();
        String calls = (this.onFailure == OnFailure.FAIL) ? "that need it are refused" : "count in this instance only";
        LOG.log(
                says ? Level.WARNING : Level.DEBUG,
                "{0} does not answer: until it does, calls {1} ({2})",
                this.engine,
                calls,
                words(failure));
    }

    /** Whether it is time for a line. What writes it is the application's, and not called under a lock. */
    private synchronized boolean says() {
        long now = this.time.nanoTime();
        this.said = now - this.saidAt >= QUIET;
        if (this.said) {
            this.saidAt = now;
        }
        return this.said;
    }

    private synchronized boolean hasSaid() {
        return this.said;
    }

    void back() {
        LOG.log(hasSaid() ? Level.INFO : Level.DEBUG, "{0} is back: calls count in all instances again", this.engine);
    }

    /** It is there, and will not do this. Each kind of that is a matter of the application, and said once. */
    void refuses(Throwable failure) {
        String words = words(failure);
        boolean first = this.refusals.size() < MOST_KINDS && this.refusals.add(words);
        LOG.log(
                first ? Level.WARNING : Level.DEBUG,
                "{0} refuses a question of the cluster: {1}. Calls that ask it fail",
                this.engine,
                words);
    }

    private static String words(Throwable failure) {
        Throwable root = failure;
        for (int depth = 0; root.getCause() != null && depth < Failures.MOST_SUPPRESSED; depth++) {
            root = root.getCause();
        }
        String first = failure.getClass().getSimpleName();
        return (root == failure) ? shown(root) : first + ", " + shown(root);
    }

    private static String shown(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure.getClass().getSimpleName() + ": "
                + QUESTION.matcher(message).replaceFirst("");
    }
}
