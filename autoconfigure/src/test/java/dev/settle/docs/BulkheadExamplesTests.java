package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallPhase;
import dev.settle.CallRejectedException;
import dev.settle.CallRejectedException.Reason;
import dev.settle.CallTimeoutException;
import dev.settle.autoconfigure.Startup;
import dev.settle.docs.BulkheadExamples.Mailer;
import dev.settle.docs.BulkheadExamples.Renderer;
import dev.settle.docs.BulkheadExamples.Warehouse;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What docs/bulkhead.md says of its code. */
class BulkheadExamplesTests {

    private final VirtualTime time = new VirtualTime();
    private final HandClient client = new HandClient();

    @Test
    void tenRunAtOnceAtEachSite() {
        Startup.runner(this.time)
                .withBean(Warehouse.class, () -> new Warehouse(this.client))
                .run(context -> {
                    Warehouse warehouse = context.getBean(Warehouse.class);
                    for (int i = 0; i < 11; i++) {
                        warehouse.stock("north", "nails");
                    }
                    assertThat(this.client.requests).hasSize(10);
                    warehouse.stock("south", "nails");
                    assertThat(this.client.requests).hasSize(11);

                    this.client.reply(0, "none");
                    assertThat(this.client.requests).hasSize(12).last().isEqualTo("north/nails");
                });
    }

    @Test
    void oneThatHasWaitedTwoSecondsIsRefused() {
        Startup.runner(this.time)
                .withBean(Warehouse.class, () -> new Warehouse(this.client))
                .run(context -> {
                    Warehouse warehouse = context.getBean(Warehouse.class);
                    for (int i = 0; i < 10; i++) {
                        warehouse.stock("north", "nails");
                    }
                    CompletableFuture<String> waiting = warehouse.stock("north", "screws");
                    this.time.advance(Duration.ofSeconds(2));
                    assertThat(waiting)
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .havingCause()
                            .isInstanceOfSatisfying(CallRejectedException.class, refused -> {
                                assertThat(refused.reason()).isEqualTo(Reason.WAIT_EXCEEDED);
                                assertThat(refused.key()).contains("north");
                            });
                });
    }

    @Test
    void withoutCancelAThreadThatIsGivenUpKeepsItsPermitUntilItReallyEnds() {
        List<Runnable> threads = new ArrayList<>();
        Startup.runner(this.time)
                .withBean(Renderer.class, () -> new Renderer(threads::add))
                .run(context -> {
                    Renderer renderer = context.getBean(Renderer.class);
                    CompletableFuture<Integer> first = renderer.render(List.of("a"), null);
                    CompletableFuture<Integer> second = renderer.render(List.of("b"), null);
                    this.time.advance(Duration.ofSeconds(5));
                    assertThat(List.of(first, second))
                            .allSatisfy(given -> assertThat(given)
                                    .failsWithin(Duration.ZERO)
                                    .withThrowableThat()
                                    .havingCause()
                                    .isInstanceOf(CallTimeoutException.class));

                    CompletableFuture<Integer> third = renderer.render(List.of("third"), null);
                    assertThat(threads).hasSize(2);
                    threads.get(0).run();
                    assertThat(threads).hasSize(3);
                    threads.get(2).run();
                    assertThat(third).isCompletedWithValue(5);
                });
    }

    @Test
    void theWaitForAPermitIsPartOfTheAttemptAndTheTimeoutSaysSo() {
        List<Runnable> threads = new ArrayList<>();
        Startup.runner(this.time)
                .withBean(Renderer.class, () -> new Renderer(threads::add))
                .run(context -> {
                    Renderer renderer = context.getBean(Renderer.class);
                    renderer.render(List.of("a"), null);
                    renderer.render(List.of("b"), null);
                    this.time.advance(Duration.ofSeconds(1));
                    CompletableFuture<Integer> third = renderer.render(List.of("c"), null);
                    this.time.advance(Duration.ofSeconds(5));
                    assertThat(third)
                            .failsWithin(Duration.ZERO)
                            .withThrowableThat()
                            .havingCause()
                            .isInstanceOfSatisfying(
                                    CallTimeoutException.class,
                                    timeout -> assertThat(timeout.phase()).isEqualTo(CallPhase.WAITING_BULKHEAD));
                    threads.get(0).run();
                    assertThat(threads).hasSize(2);
                });
    }

    @Test
    void aSemaphoreIsHeldByACallUntilItsFutureSettles() {
        Mailer mailer = new Mailer(this.client);
        CompletableFuture<String> sent = mailer.send("hello");
        assertThat(mailer.connections().free()).isEqualTo(9);
        this.client.reply(0, "ok");
        assertThat(sent).isCompletedWithValue("ok");
        assertThat(mailer.connections().free()).isEqualTo(10);
    }

    @Test
    void aPermitIsHeldByHandOverTwoRequests() {
        Mailer mailer = new Mailer(this.client);
        CompletableFuture<String> sent = mailer.sendInOneSession("ehlo", "hello");
        this.client.reply(0, "welcome");
        assertThat(mailer.connections().free()).isEqualTo(9);
        this.client.reply(1, "ok");
        assertThat(sent).isCompletedWithValue("ok");
        assertThat(mailer.connections().free()).isEqualTo(10);
    }

    @Test
    void tidyingUpNeedsAllConnections() {
        Mailer mailer = new Mailer(this.client);
        List<String> done = new ArrayList<>();
        assertThat(mailer.tidyUp(() -> done.add("tidy"))).isTrue();
        mailer.send("hello");
        assertThat(mailer.tidyUp(() -> done.add("tidy"))).isFalse();
        assertThat(done).hasSize(1);
    }
}
