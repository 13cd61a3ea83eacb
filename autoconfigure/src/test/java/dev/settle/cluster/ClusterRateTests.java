package dev.settle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Throttle.Excess;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Rates and permits that all instances share, as one instance goes about with them. */
class ClusterRateTests {

    private final VirtualTime time = new VirtualTime();
    private final HandEngine engine = new HandEngine();
    private final ApplicationContextRunner app = Startup.runner(this.time)
            .withBean(ClusterEngine.class, () -> this.engine)
            .withBean(Mail.class);

    static class Mail {

        private final List<CompletableFuture<String>> works = new ArrayList<>();

        private CompletableFuture<String> work() {
            this.works.add(new CompletableFuture<>());
            return this.works.get(this.works.size() - 1);
        }

        @Throttle(name = "send", limit = 5, window = "1s", maxWait = "2s", scope = Scope.CLUSTER)
        public CompletableFuture<String> send() {
            return work();
        }

        @Throttle(name = "few", limit = 5, window = "1s", queueCapacity = 1, scope = Scope.CLUSTER)
        public CompletableFuture<String> few() {
            return work();
        }

        @Throttle(name = "offer", limit = 5, window = "1s", excess = Excess.REJECT, scope = Scope.CLUSTER)
        public CompletableFuture<String> offer() {
            return work();
        }

        @Bulkhead(name = "print", value = 3, scope = Scope.CLUSTER)
        public CompletableFuture<String> print() {
            return work();
        }

        public List<CompletableFuture<String>> works() {
            return this.works;
        }
    }

    private void run(Consumer<Mail> test) {
        this.app.run(context -> test.accept(context.getBean(Mail.class)));
    }

    private static CallRejectedException refusal(CompletableFuture<?> call) {
        assertThat(Results.failure(call)).isInstanceOf(CallRejectedException.class);
        return (CallRejectedException) Results.failure(call);
    }

    @Test
    void callStartsWhenTheEngineAllowsIt() {
        run(mail -> {
            mail.send();
            assertThat(this.engine.rates)
                    .containsExactly(new RateRequest("application:throttle:send", 5, Duration.ofSeconds(1)));
            assertThat(mail.works()).isEmpty();

            this.engine.decide(0, RateDecision.ALLOWED);

            assertThat(mail.works()).hasSize(1);
        });
    }

    @Test
    void callAsksAgainWhenItMay() {
        run(mail -> {
            mail.send();
            this.engine.decide(0, RateDecision.notBefore(Duration.ofMillis(300)));
            this.time.advance(Duration.ofMillis(299));
            assertThat(this.engine.rates).hasSize(1);

            this.time.advance(Duration.ofMillis(1));
            this.engine.decide(1, RateDecision.ALLOWED);

            assertThat(mail.works()).hasSize(1);
        });
    }

    @Test
    void waitThatWouldBeTooLongIsRefusedNow() {
        run(mail -> {
            CompletableFuture<String> call = mail.send();
            this.engine.decide(0, RateDecision.notBefore(Duration.ofSeconds(3)));

            assertThat(refusal(call).reason()).isEqualTo(Reason.WAIT_EXCEEDED);
            assertThat(refusal(call).retryAfter()).contains(Duration.ofSeconds(3));
        });
    }

    @Test
    void whoDoesNotWaitIsToldWhenToComeBack() {
        run(mail -> {
            CompletableFuture<String> call = mail.offer();
            this.engine.decide(0, RateDecision.notBefore(Duration.ofMillis(300)));

            assertThat(refusal(call).reason()).isEqualTo(Reason.RATE);
            assertThat(refusal(call).retryAfter()).contains(Duration.ofMillis(300));
        });
    }

    @Test
    void whoDoesNotWaitAsksAllTheSameWhenOthersHaveAsked() {
        run(mail -> {
            mail.offer();
            CompletableFuture<String> second = mail.offer();
            assertThat(this.engine.rates).hasSize(1);

            this.engine.decide(0, RateDecision.ALLOWED);
            this.engine.decide(1, RateDecision.ALLOWED);

            assertThat(mail.works()).hasSize(2);
            assertThat(second).isNotDone();
        });
    }

    @Test
    void callThatIsGivenUpWhileItWaitsLetsTheNextOneAsk() {
        run(mail -> {
            CompletableFuture<String> first = mail.send();
            mail.send();
            this.engine.decide(0, RateDecision.notBefore(Duration.ofMillis(300)));
            assertThat(this.engine.rates).hasSize(1);

            first.cancel(true);

            assertThat(this.engine.rates).hasSize(2);
            assertThat(this.time.pending())
                    .as("nothing of the first one is left")
                    .isEqualTo(1);
        });
    }

    @Test
    void oneOfAnInstanceAsksForAPermitAtATime() {
        run(mail -> {
            mail.print();
            mail.print();
            assertThat(this.engine.leases).singleElement().satisfies(asked -> {
                assertThat(asked.permits()).isEqualTo(3);
                assertThat(asked.fenced()).isFalse();
            });

            this.engine.give(0);
            assertThat(this.engine.leases).hasSize(2);
            this.engine.give(1);

            assertThat(mail.works()).hasSize(2);
        });
    }

    @Test
    void answerThatMakesNoSenseFailsTheCall() {
        run(mail -> {
            CompletableFuture<String> call = mail.send();
            this.engine.decide(0, null);

            assertThat(Results.failure(call))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("answered nothing");
        });
    }

    @Test
    void asManyOfAnInstanceWaitAtTheEngineAsMayStandInLine() {
        run(mail -> {
            mail.few();
            mail.few();
            CompletableFuture<String> third = mail.few();

            assertThat(refusal(third).reason()).isEqualTo(Reason.QUEUE_FULL);
        });
    }

    @Test
    void startThatTheEngineRefusesDoesNotCountHere() {
        run(mail -> {
            for (int i = 0; i < 10; i++) {
                mail.offer();
                this.engine.decide(i, RateDecision.notBefore(Duration.ofMillis(1)));
            }
            assertThat(mail.works()).isEmpty();

            mail.offer();
            this.engine.decide(10, RateDecision.ALLOWED);

            assertThat(mail.works()).hasSize(1);
        });
    }

    @Test
    void callsThatGoOnWithoutTheEngineCountInTheirInstance() {
        this.app.withPropertyValues("settle.cluster.on-failure=local").run(context -> {
            Mail mail = context.getBean(Mail.class);
            mail.offer();
            this.engine.hide();
            this.engine.failRate(0);
            for (int i = 0; i < 4; i++) {
                mail.offer();
            }
            assertThat(mail.works()).hasSize(5);

            CompletableFuture<String> sixth = mail.offer();

            assertThat(refusal(sixth).reason()).isEqualTo(Reason.RATE);
            assertThat(refusal(sixth).retryAfter()).contains(Duration.ofSeconds(1));
        });
    }

    @Test
    void engineThatCannotDoItStopsTheStart() {
        this.engine.without(ClusterEngine.Capability.RATE);

        this.app.run(context -> assertThat(context)
                .hasFailed()
                .getFailure()
                .rootCause()
                .hasMessageContaining("the engine cannot do what it takes (RATE)"));
    }
}
