package dev.settle.core;

import dev.settle.CallPhase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several observers as one, each of them guarded: what it throws must not become the outcome of a call. */
final class Observers implements CallObserver {

    private final List<CallObserver> all;

    Observers(List<? extends CallObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public @Nullable ObservedCall begin(String name) {
        if (this.all.isEmpty()) {
            return null;
        }
        List<ObservedCall> calls = ask(this.all, observer -> observer.begin(name));
        return calls.isEmpty() ? null : new Seen(calls);
    }

    /** One call, as all see it. */
    private record Seen(List<ObservedCall> calls) implements ObservedCall {

        @Override
        public void phase(CallPhase before, CallPhase now) {
            tell(this.calls, call -> call.phase(before, now));
        }

        @Override
        public ObservedAttempt attempt() {
            return new SeenAttempt(ask(this.calls, ObservedCall::attempt));
        }

        @Override
        public void end(@Nullable Throwable failure) {
            tell(this.calls, call -> call.end(failure));
        }
    }

    /** One attempt, as all see it. */
    private static final class SeenAttempt extends AtomicBoolean implements ObservedAttempt {

        private static final long serialVersionUID = 1L;

        private final transient List<ObservedAttempt> attempts;

        SeenAttempt(List<ObservedAttempt> attempts) {
            this.attempts = attempts;
        }

        /** Backwards: what the first has set up on this thread lies under what the others have. */
        @Override
        public void returned() {
            List<ObservedAttempt> backwards = new ArrayList<>(this.attempts);
            Collections.reverse(backwards);
            tell(backwards, ObservedAttempt::returned);
        }

        @Override
        public void givenUp() {
            tell(this.attempts, ObservedAttempt::givenUp);
        }

        /** Once, also when a stage of somebody else's making tells its outcome twice. */
        @Override
        public void end(@Nullable Throwable failure) {
            if (compareAndSet(false, true)) {
                tell(this.attempts, attempt -> attempt.end(failure));
            }
        }
    }

    private static <A, B> List<B> ask(List<A> all, Function<A, @Nullable B> question) {
        List<B> answers = new ArrayList<>(all.size());
        tell(all, each -> {
            B answer = question.apply(each);
            if (answer != null) {
                answers.add(answer);
            }
        });
        return answers;
    }

    private static <A> void tell(List<A> all, Consumer<A> message) {
        for (A each : all) {
            try {
                message.accept(each);
            } catch (Throwable ex) {
                Failures.log(CallObserver.class, "A CallObserver failed", ex);
            }
        }
    }
}
