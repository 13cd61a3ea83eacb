package dev.settle.policy.retry;

import dev.settle.CallRejectedException;
import dev.settle.ReentrantCallException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which failures are tried again. */
final class Retryable implements Predicate<Throwable> {

    private static final List<Class<? extends Throwable>> FINAL = List.of(
            CancellationException.class,
            InterruptedException.class,
            Error.class,
            ReentrantCallException.class,
            CallRejectedException.class);

    private final List<Class<? extends Throwable>> includes;

    /** Who includes RuntimeException has not thought of CancellationException; who names it, or Throwable, has. */
    private final List<Class<? extends Throwable>> includedFinals;

    private final List<Class<? extends Throwable>> excludes;
    private final @Nullable Predicate<? super Throwable> predicate;

    Retryable(RetrySettings settings, @Nullable Predicate<? super Throwable> predicate) {
        this.includes = settings.includes();
        this.includedFinals =
                settings.includes().stream().filter(Retryable::namesFinals).toList();
        this.excludes = settings.excludes();
        this.predicate = predicate;
    }

    @Override
    public boolean test(Throwable failure) {
        if (matches(this.excludes, failure)) {
            return false;
        }
        if (isFinal(failure) ? !matches(this.includedFinals, failure) : !included(failure)) {
            return false;
        }
        return this.predicate == null || this.predicate.test(failure);
    }

    private boolean included(Throwable failure) {
        return this.includes.isEmpty() || matches(this.includes, failure);
    }

    /** What another attempt cannot mend, or must not. */
    private static boolean isFinal(Throwable failure) {
        return (failure instanceof CallRejectedException rejected)
                ? rejected.reason() == CallRejectedException.Reason.CLOSED
                : isFinalType(failure.getClass());
    }

    private static boolean namesFinals(Class<? extends Throwable> type) {
        return type == Throwable.class || isFinalType(type);
    }

    private static boolean isFinalType(Class<? extends Throwable> type) {
        return FINAL.stream().anyMatch(last -> last.isAssignableFrom(type));
    }

    private static boolean matches(List<Class<? extends Throwable>> types, Throwable failure) {
        if (types.isEmpty()) {
            return false;
        }
        // Causes may form a ring; each is looked at once.
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            for (Class<? extends Throwable> type : types) {
                if (type.isInstance(cause)) {
                    return true;
                }
            }
        }
        return false;
    }
}
