package dev.settle.core;

import dev.settle.CallPhase;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Several observers as one, each of them guarded: what it throws must not become the outcome of a call. */
final class Observers {

    private Observers() {}

    static CallObserver all(List<? extends CallObserver> observers) {
        CallObserver all = name -> null;
        for (CallObserver observer : observers) {
            CallObserver guarded = new Guarded(observer);
            all = (observer == observers.get(0)) ? guarded : new Both(all, guarded);
        }
        return all;
    }

    private static void failed(Throwable ex) {
        Failures.log(CallObserver.class, "A CallObserver failed", ex);
    }

    /** One observer. */
    private record Guarded(CallObserver observer) implements CallObserver {

        @Override
        public @Nullable ObservedCall begin(String name) {
            try {
                ObservedCall call = this.observer.begin(name);
                return (call == null) ? null : new GuardedCall(call);
            } catch (Throwable ex) {
                failed(ex);
                return null;
            }
        }
    }

    /** One call, as one observer sees it. */
    private record GuardedCall(CallObserver.ObservedCall call) implements CallObserver.ObservedCall {

        @Override
        public void phase(CallPhase before, CallPhase now) {
            try {
                this.call.phase(before, now);
            } catch (Throwable ex) {
                failed(ex);
            }
        }

        @Override
        public CallObserver.ObservedAttempt attempt() {
            try {
                return new GuardedAttempt(this.call.attempt());
            } catch (Throwable ex) {
                failed(ex);
                return CallObserver.ObservedAttempt.UNSEEN;
            }
        }

        @Override
        public void end(@Nullable Throwable failure) {
            try {
                this.call.end(failure);
            } catch (Throwable ex) {
                failed(ex);
            }
        }
    }

    /** One attempt, as one observer sees it: its end once, also when a stage of somebody else's making tells it twice. */
    private static final class GuardedAttempt extends AtomicBoolean implements CallObserver.ObservedAttempt {

        private static final long serialVersionUID = 1L;

        private final transient CallObserver.ObservedAttempt attempt;

        GuardedAttempt(CallObserver.ObservedAttempt attempt) {
            this.attempt = attempt;
        }

        @Override
        public void returned() {
            try {
                this.attempt.returned();
            } catch (Throwable ex) {
                failed(ex);
            }
        }

        @Override
        public void givenUp() {
            try {
                this.attempt.givenUp();
            } catch (Throwable ex) {
                failed(ex);
            }
        }

        @Override
        public void end(@Nullable Throwable failure) {
            try {
                if (compareAndSet(false, true)) {
                    this.attempt.end(failure);
                }
            } catch (Throwable ex) {
                failed(ex);
            }
        }
    }

    /** Two observers, the first of which may be several. */
    private record Both(CallObserver first, CallObserver second) implements CallObserver {

        @Override
        public @Nullable ObservedCall begin(String name) {
            ObservedCall one = this.first.begin(name);
            ObservedCall other = this.second.begin(name);
            if (one == null || other == null) {
                return (one != null) ? one : other;
            }
            return new BothCalls(one, other);
        }
    }

    /** One call, as two see it. */
    private record BothCalls(CallObserver.ObservedCall first, CallObserver.ObservedCall second)
            implements CallObserver.ObservedCall {

        @Override
        public void phase(CallPhase before, CallPhase now) {
            this.first.phase(before, now);
            this.second.phase(before, now);
        }

        @Override
        public CallObserver.ObservedAttempt attempt() {
            return new BothAttempts(this.first.attempt(), this.second.attempt());
        }

        @Override
        public void end(@Nullable Throwable failure) {
            this.first.end(failure);
            this.second.end(failure);
        }
    }

    /** One attempt, as two see it. */
    private record BothAttempts(CallObserver.ObservedAttempt first, CallObserver.ObservedAttempt second)
            implements CallObserver.ObservedAttempt {

        /** Backwards: what the first has set up on this thread lies under what the second has. */
        @Override
        public void returned() {
            this.second.returned();
            this.first.returned();
        }

        @Override
        public void givenUp() {
            this.first.givenUp();
            this.second.givenUp();
        }

        @Override
        public void end(@Nullable Throwable failure) {
            this.first.end(failure);
            this.second.end(failure);
        }
    }
}
