package dev.settle.lifecycle;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortListener;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortReport.Entry;
import dev.settle.time.TimeSource;
import dev.settle.time.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * Notes how the shutdown of one context goes, and leaves it in a file: when the last phase has settled, and once more when
 * the beans are destroyed, if something has happened since. What the application aborts while it runs is no shutdown.
 *
 * <p>A start that failed leaves a report only when it had something to clean up: it must not replace what the last run
 * that was up has left.
 */
public final class ShutdownRecorder implements AbortListener, DisposableBean {

    /** How long the end of the context waits for a disk that hangs. */
    private static final long PATIENCE_SECONDS = 5;

    private final TimeSource time;
    private final ShutdownReportFile file;
    private final @Nullable String application;

    // Guarded by this.
    private @Nullable ShutdownNotes notes;
    private @Nullable Supplier<AbortReport> report;
    private CompletableFuture<?> written = CompletableFuture.completedFuture(null);
    private boolean news;

    /** What settled before its group had a reason. */
    private final Map<AbortGroup, List<Runnable>> undecided = new HashMap<>();

    /**
     * Creates the recorder of a context.
     *
     * @param application the name of the application, if it has one
     */
    public ShutdownRecorder(TimeSource time, ShutdownReportFile file, @Nullable String application) {
        this.time = time;
        this.file = file;
        this.application = application;
    }

    /** The context begins to close. */
    synchronized void begin() {
        if (this.file.keepsReport()) {
            notes();
            this.news = true;
        }
    }

    private ShutdownNotes notes() {
        if (this.notes == null) {
            this.notes = new ShutdownNotes(this.application, this.time.nanoTime());
        }
        return this.notes;
    }

    @Override
    public synchronized void groupAborting(AbortGroup group, AbortReason reason) {
        if (this.file.keepsReport() && isShutdown(reason)) {
            notes().aborting(group, this.time.nanoTime());
        }
    }

    /** Race: an operation may end when its group's turn has come, and the group has not been told the reason yet. */
    @Override
    public synchronized void entrySettled(AbortGroup group, Entry entry) {
        if (!this.file.keepsReport() || ShutdownLog.isIdle(entry)) {
            return;
        }
        long now = this.time.nanoTime();
        Runnable note = () -> {
            notes().settled(group, entry, now);
            this.news = true;
        };
        if (group.signal().reason().isEmpty()) {
            this.undecided.computeIfAbsent(group, key -> new ArrayList<>()).add(note);
        } else if (isOfShutdown(group)) {
            note.run();
        }
    }

    @Override
    public synchronized void groupSettled(AbortGroup group, AbortReport settled) {
        List<Runnable> before = this.undecided.remove(group);
        if (!this.file.keepsReport() || !isOfShutdown(group)) {
            return;
        }
        if (before != null) {
            before.forEach(Runnable::run);
        }
        notes().settled(group, this.time.nanoTime());
    }

    private static boolean isOfShutdown(AbortGroup group) {
        return group.signal().reason().filter(ShutdownRecorder::isShutdown).isPresent();
    }

    private static boolean isShutdown(AbortReason reason) {
        return reason.kind() == AbortReason.Kind.SHUTDOWN;
    }

    @Override
    public synchronized void endedLate(Entry entry, Duration lateness) {
        if (this.notes != null && entry.failure() != null) {
            this.notes.ended(entry.failure(), this.time.nanoTime());
            this.news = true;
        }
    }

    /**
     * The last phase has settled.
     *
     * @param report gives what has become of all
     */
    void end(Supplier<AbortReport> report) {
        synchronized (this) {
            this.report = report;
            if (this.notes != null) {
                this.notes.last(this.time.nanoTime());
            }
        }
        write();
    }

    private CompletableFuture<?> write() {
        Supplier<AbortReport> asked;
        synchronized (this) {
            asked = this.report;
        }
        // The controller has locks of its own.
        AbortReport known = (asked == null) ? null : asked.get();
        synchronized (this) {
            if (this.notes != null && this.news && !this.notes.isEmpty()) {
                this.news = false;
                ShutdownRecord record = this.notes.record(known);
                // Elsewhere: a disk that hangs must not keep the context from its end.
                this.written = this.written.thenRunAsync(() -> this.file.write(record.toJson()), Workers.shared());
            }
            return this.written;
        }
    }

    /** Destroyed after the controller: when the refresh has failed, nobody else asks for the report. */
    @Override
    public void destroy() {
        CompletableFuture<?> last = write();
        boolean interrupted = false;
        while (true) {
            try {
                last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                break;
            } catch (InterruptedException ex) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException ex) {
                this.file.notWritten(ex);
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
