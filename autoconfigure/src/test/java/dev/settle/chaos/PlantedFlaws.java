package dev.settle.chaos;

import dev.settle.core.Call;
import dev.settle.core.CallContext;
import dev.settle.core.Next;
import dev.settle.core.PolicyBinding;
import dev.settle.core.Step;
import dev.settle.time.TimeSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Bugs as they happen, one for each law, each put in where the library lets others in. */
final class PlantedFlaws {

    private PlantedFlaws() {}

    static Flaw of(Law law) {
        return switch (law) {
            case SETTLES_ONCE -> around("timeout", PlantedSteps::losingFailures);
            case OWN_FUTURE -> around("bulkhead", PlantedSteps::draggingOthersAlong);
            case PERMIT_LIVES_WITH_THE_WORK -> around("bulkhead", PlantedSteps::freeOnReturn);
            case WAITING_HOLDS_NO_THREAD -> around("bulkhead", PlantedSteps::onThreadOfItsOwn);
            case NO_USER_CODE_UNDER_A_LOCK -> around("retry", PlantedSteps.Locked::new);
            case LEAVES_AT_ONCE -> around("bulkhead", PlantedSteps::stayingInLine);
            case TIME_IS_INJECTED -> new EarlyTime();
            case TYPED_FAILURES -> around("throttle", PlantedSteps::wordsOnly);
            case KEYS_GO_WHEN_IDLE -> around("exclusive", PlantedSteps.KeepingKeys::new);
            case REFUSED_NOW -> new RefusedLate();
            case DECIDED_AT_START -> new ReadPerCall();
            case CONTEXT_TRAVELS -> new NoContext();
        };
    }

    /** A flaw around the step of one policy, which shows the state of the right one. */
    private static Flaw around(String policy, UnaryOperator<Step> flawed) {
        return new Flaw() {
            @Override
            public Step step(Rule<?> rule, Step step, Given given) {
                return rule.policy().equals(policy) ? showing(flawed.apply(step), step) : step;
            }
        };
    }

    private static Step showing(Step flawed, Step real) {
        return new Step() {
            @Override
            public CompletableFuture<Object> apply(Call call, Next next) {
                return flawed.apply(call, next);
            }

            @Override
            public Map<String, Long> state() {
                return flawed.state().isEmpty() ? real.state() : flawed.state();
            }
        };
    }

    /** Law 7: timers fire a millisecond before they are due. */
    private static final class EarlyTime implements Flaw {

        private static final long MILLI = 1_000_000;

        @Override
        public TimeSource time(TimeSource real) {
            return new TimeSource() {
                @Override
                public long nanoTime() {
                    return real.nanoTime();
                }

                @Override
                public Timer schedule(long delayNanos, Runnable task) {
                    return real.schedule(delayNanos > MILLI ? delayNanos - MILLI : delayNanos, task);
                }

                @Override
                public void execute(Runnable task) {
                    real.execute(task);
                }

                @Override
                public int pending() {
                    return real.pending();
                }
            };
        }
    }

    /** Law 10: a call that has to wait too long hears so when it has waited. */
    private static final class RefusedLate implements Flaw {

        private TimeSource clock;

        @Override
        public TimeSource time(TimeSource time) {
            this.clock = time;
            return time;
        }

        @Override
        public Step step(Rule<?> rule, Step step, Given given) {
            return rule.policy().equals("throttle") ? showing(late(step), step) : step;
        }

        private Step late(Step real) {
            return (call, next) -> real.apply(call, next).exceptionallyCompose(failure -> {
                CompletableFuture<Object> later = new CompletableFuture<>();
                this.clock.schedule(1_000_000, () -> later.completeExceptionally(failure));
                return later;
            });
        }
    }

    /** Law 11: settings are read for each call. */
    private static final class ReadPerCall implements Flaw {

        private PolicyBinding<?> bulkhead;

        @Override
        public <S> PolicyBinding<S> binding(PolicyBinding<S> binding) {
            if (binding.policy().equals("bulkhead")) {
                this.bulkhead = binding;
            }
            return binding;
        }

        @Override
        public Step step(Rule<?> rule, Step step, Given given) {
            PolicyBinding<?> reader = this.bulkhead;
            return rule.policy().equals("bulkhead")
                    ? showing(
                            (call, next) -> {
                                reader.settings(given);
                                return step.apply(call, next);
                            },
                            step)
                    : step;
        }
    }

    /** Law 12: later parts of a call are on their own. */
    private static final class NoContext implements Flaw {

        @Override
        public CallContext context(CallContext context) {
            return CallContext.none();
        }
    }
}
