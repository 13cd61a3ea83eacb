package dev.settle.autoconfigure;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortListener;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReport;
import dev.settle.core.Failures;
import dev.settle.lifecycle.ShutdownLog;
import dev.settle.lifecycle.ShutdownRecorder;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The log and the recorder of the shutdown, and all other listeners among the beans. These are looked for when all beans are
 * there: the controller is needed before, and at the end nothing can be made any more.
 *
 * <p>Listeners of a parent context hear of its children too, but not its log and recorder: the child's have the same names.
 */
final class AbortListeners implements AbortListener, SmartInitializingSingleton {

    private final ShutdownLog log;
    private final ObjectProvider<AbortListener> beans;
    private volatile List<AbortListener> all;

    AbortListeners(ShutdownLog log, ShutdownRecorder recorder, ObjectProvider<AbortListener> beans) {
        this.log = log;
        this.beans = beans;
        this.all = List.of(log, recorder);
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.all = this.beans.orderedStream().filter(bean -> bean != this).toList();
    }

    @Override
    public void groupAborting(AbortGroup group, AbortReason reason) {
        tell(listener -> listener.groupAborting(group, reason));
    }

    @Override
    public void entrySettled(AbortGroup group, AbortReport.Entry entry) {
        tell(listener -> listener.entrySettled(group, entry));
    }

    @Override
    public void groupSettled(AbortGroup group, AbortReport report) {
        tell(listener -> listener.groupSettled(group, report));
    }

    @Override
    public void endedLate(AbortReport.Entry entry, Duration lateness) {
        tell(listener -> listener.endedLate(entry, lateness));
    }

    /** What a listener does about it by default is to log it, which is enough once. */
    @Override
    public void listenerFailed(String where, Throwable failure) {
        this.log.listenerFailed(where, failure);
    }

    /** What a listener does about it by default is to log it, which is enough once. */
    @Override
    public void selfWait(String cleanup) {
        this.log.selfWait(cleanup);
    }

    private void tell(Consumer<AbortListener> event) {
        for (AbortListener listener : this.all) {
            try {
                event.accept(listener);
            } catch (Throwable ex) {
                Failures.log(AbortListener.class, "A listener of the abort failed", ex);
            }
        }
    }
}
