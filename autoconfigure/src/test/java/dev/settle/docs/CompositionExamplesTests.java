package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.autoconfigure.Startup;
import dev.settle.docs.CompositionExamples.PatientPayments;
import dev.settle.docs.CompositionExamples.Payments;
import dev.settle.docs.CompositionExamples.Quota;
import dev.settle.docs.CompositionExamples.Rates;
import dev.settle.docs.CompositionExamples.Refusals;
import dev.settle.docs.ThrottleExamples.Maps;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What docs/composition.md says of the order. */
class CompositionExamplesTests {

    private final VirtualTime time = new VirtualTime();
    private final HandClient client = new HandClient();

    private void withPayments(Consumer<Payments> test) {
        Startup.runner(this.time)
                .withBean(Payments.class, () -> new Payments(this.client))
                .run(context -> test.accept(context.getBean(Payments.class)));
    }

    @Test
    void theReadmesMethodStarts() {
        Startup.runner(this.time)
                .withBean(Rates.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void lockAndPermitAreFreeDuringTheDelayOfARetry() {
        withPayments(payments -> {
            payments.pay("ann");
            payments.pay("ann");
            this.client.replies.get(0).completeExceptionally(new IllegalStateException("not yet"));
            assertThat(this.client.requests).hasSize(2);
        });
    }

    @Test
    void everyAttemptCountsForTheRate() {
        withPayments(payments -> {
            payments.pay("ann");
            this.client.replies.get(0).completeExceptionally(new IllegalStateException("not yet"));
            this.time.advance(Duration.ofMillis(999));
            payments.pay("bob");
            this.client.reply(1, "paid");
            this.time.advance(Duration.ofMillis(1));
            assertThat(this.client.requests).hasSize(3);
            payments.pay("cid");
            this.client.reply(2, "paid");
            assertThat(this.client.requests).hasSize(3);
        });
    }

    @Test
    void aStartThatTheThrottleLetInMayWaitForThePermitAndReachTheServerLater() {
        withPayments(payments -> {
            payments.pay("ann");
            payments.pay("bob");
            payments.pay("cid");
            this.time.advance(Duration.ofSeconds(1));
            assertThat(this.client.requests).hasSize(1);
            this.client.reply(0, "paid");
            this.client.reply(1, "paid");
            this.client.reply(2, "paid");
            // Three within the second, though the throttle has let in only two in any.
            assertThat(this.client.requests).containsExactly("pay ann", "pay bob", "pay cid");
        });
    }

    @Test
    void aThrottleInsideABeanOfItsOwnSeesTheRealStarts() {
        Startup.runner(this.time)
                .withBean(Quota.class, () -> new Quota(this.client))
                .withBean(PatientPayments.class)
                .run(context -> {
                    PatientPayments payments = context.getBean(PatientPayments.class);
                    payments.pay("ann");
                    payments.pay("bob");
                    payments.pay("cid");
                    payments.pay("dan");
                    this.time.advance(Duration.ofSeconds(1));
                    this.client.reply(0, "paid");
                    this.client.reply(1, "paid");
                    this.client.reply(2, "paid");
                    assertThat(this.client.requests).hasSize(3);
                    this.time.advance(Duration.ofSeconds(1));
                    assertThat(this.client.requests).hasSize(4);
                });
    }

    @Test
    void plainObjectsNestInTheOrderInWhichTheyAreWritten() {
        CompletableFuture<String> reply = CompositionExamples.plain(this.client);
        this.client.reply(0, "hello");
        assertThat(reply).isCompletedWithValue("hello");
    }

    @Test
    void aListenerHearsOfRefusals() {
        Startup.runner(this.time)
                .withUserConfiguration(Refusals.class)
                .withBean("maps", Maps.class, () -> new Maps(this.client))
                .run(context -> {
                    Maps maps = context.getBean(Maps.class);
                    for (int i = 0; i < 4; i++) {
                        maps.textCode("555");
                    }
                    assertThat(context.getBean(Refusals.class).seen())
                            .containsExactly("throttle of maps.textCode: RATE");
                });
    }
}
