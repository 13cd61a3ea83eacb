package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An observer that throws disturbs neither the call nor other observers. */
class BrokenObserverTests {

    private final Watcher before = new Watcher();
    private final Watcher after = new Watcher();

    /** Throws where it is told to. */
    private record Broken(String where) implements CallObserver {

        private void at(String here) {
            if (here.equals(this.where)) {
                throw new IllegalStateException("a broken observer: this is expected");
            }
        }

        @Override
        public ObservedCall begin(String name) {
            at("begin");
            return new ObservedCall() {

                @Override
                public void phase(CallPhase from, CallPhase now) {
                    at("phase");
                }

                @Override
                public ObservedAttempt attempt() {
                    at("attempt");
                    return new ObservedAttempt() {

                        @Override
                        public void returned() {
                            at("returned");
                        }

                        @Override
                        public void end(Throwable failure) {
                            at("attempt ends");
                        }
                    };
                }

                @Override
                public void end(Throwable failure) {
                    at("end");
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "phase", "attempt", "returned", "attempt ends", "end"})
    void disturbsNobody(String where) {
        CallObserver all = CallObserver.all(List.of(this.before, new Broken(where), this.after));
        PlannedMethod method = PlannedMethod.with(Steps.policy((call, next) -> {
                    call.phase(CallPhase.WAITING_BULKHEAD);
                    return next.start(call);
                }))
                .observedBy(all);

        CompletableFuture<String> call = method.start(() -> CompletableFuture.completedFuture("7.30"));

        assertThat(call).isCompletedWithValue("7.30");
        assertThat(this.before.journal())
                .containsExactly(
                        "1 begins prices.find",
                        "1 RUNNING>WAITING_BULKHEAD",
                        "1 WAITING_BULKHEAD>RUNNING",
                        "1 attempt 1",
                        "1 returned 1",
                        "1 attempt 1 ends SUCCESS",
                        "1 ends SUCCESS")
                .isEqualTo(this.after.journal());
    }

    @Test
    void theLastThatWasToldOfAnAttemptIsTheFirstToldThatItHasReturned() {
        Watcher journal = new Watcher();
        CallObserver all = CallObserver.all(List.of(onReturn("outer", journal), onReturn("inner", journal)));

        PlannedMethod.with().observedBy(all).start(() -> CompletableFuture.completedFuture("7.30"));

        assertThat(journal.journal()).containsExactly("outer begins", "inner begins", "inner returns", "outer returns");
    }

    private static CallObserver onReturn(String name, Watcher journal) {
        return call -> new CallObserver.ObservedCall() {

            @Override
            public CallObserver.ObservedAttempt attempt() {
                journal.write(name + " begins");
                return new CallObserver.ObservedAttempt() {

                    @Override
                    public void returned() {
                        journal.write(name + " returns");
                    }

                    @Override
                    public void end(Throwable failure) {}
                };
            }

            @Override
            public void end(Throwable failure) {}
        };
    }
}
