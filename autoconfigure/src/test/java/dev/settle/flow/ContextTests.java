package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.core.Results;
import dev.settle.policy.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** In plain code, too, the caller's context is that of every part, whatever thread it begins on. */
class ContextTests {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<String>> works = new ArrayList<>();

    @BeforeEach
    void set() {
        MDC.put("user", "ann");
    }

    @AfterEach
    void clear() {
        MDC.clear();
    }

    private CompletableFuture<String> work() {
        this.seen.add(String.valueOf(MDC.get("user")));
        this.works.add(new CompletableFuture<>());
        return this.works.get(this.works.size() - 1);
    }

    /** On a thread that has another context. */
    private void elsewhere(Runnable task) throws Exception {
        Results.await(CompletableFuture.runAsync(() -> {
            MDC.put("user", "somebody else");
            task.run();
            assertThat(MDC.get("user")).isEqualTo("somebody else");
            MDC.clear();
        }));
    }

    @Test
    void itemThatBeginsElsewhereHasTheContextOfTheCaller() throws Exception {
        CompletableFuture<String> end =
                Each.of(List.of(1, 2)).atMost(1).run(item -> work()).thenApply(done -> MDC.get("user"));

        elsewhere(() -> this.works.get(0).complete("done"));
        elsewhere(() -> this.works.get(1).complete("done"));

        assertThat(this.seen).containsExactly("ann", "ann");
        assertThat(end).as("what goes on afterwards").isCompletedWithValue("ann");
    }

    @Test
    void childThatHadToWaitHasTheContextOfWhoForkedIt() throws Exception {
        CompletableFuture<String> group = TaskGroup.atMost(1).run(tasks -> {
            tasks.fork(this::work);
            MDC.put("user", "bob");
            return tasks.fork(this::work);
        });
        MDC.put("user", "ann");

        elsewhere(() -> this.works.get(0).complete("done"));
        this.works.get(1).complete("done");

        assertThat(group).isDone();
        assertThat(this.seen).containsExactly("ann", "bob");
    }

    @Test
    void pageHandlerAndNextFetchHaveTheContextOfTheCaller() throws Exception {
        Pages.from(1, cursor -> work(), page -> Optional.of(2)).forEach(page -> work());

        elsewhere(() -> this.works.get(0).complete("page"));
        elsewhere(() -> this.works.get(1).complete("handled"));

        assertThat(this.seen).containsExactly("ann", "ann", "ann");
    }

    @Test
    void useAndCloseHaveTheContextOfTheCaller() throws Exception {
        Using.with(this::work, resource -> work(), resource -> work());

        elsewhere(() -> this.works.get(0).complete("resource"));
        elsewhere(() -> this.works.get(1).complete("used"));

        assertThat(this.seen).containsExactly("ann", "ann", "ann");
    }

    @Test
    void blockingCodeHasTheContextOfWhoStartedIt() throws Exception {
        assertThat(Results.await(Blocking.of(() -> MDC.get("user")).start().toCompletableFuture()))
                .isEqualTo("ann");
    }

    @Test
    void attemptAfterABackoffHasTheContextOfTheCaller() throws Exception {
        RetryPolicy retry = RetryPolicy.times(1)
                .delay(Duration.ofMillis(1), Duration.ofMillis(1))
                .build();

        Results.await(retry.call(() -> {
            this.seen.add(String.valueOf(MDC.get("user")));
            return (this.seen.size() == 1)
                    ? CompletableFuture.failedFuture(new IllegalStateException("not yet"))
                    : CompletableFuture.completedFuture("done");
        }));

        assertThat(this.seen).containsExactly("ann", "ann");
    }

    @Test
    void receiverGoesOnInItsOwnContextWhoeverSends() throws Exception {
        Channel<String> channel = Channel.rendezvous();
        CompletableFuture<String> received = channel.receive().thenApply(value -> MDC.get("user"));

        elsewhere(() -> channel.send("value"));

        assertThat(received).isCompletedWithValue("ann");
    }

    @Test
    void senderGoesOnInItsOwnContextWhoeverReceives() throws Exception {
        Channel<String> channel = Channel.rendezvous();
        CompletableFuture<String> sent = channel.send("value").thenApply(done -> MDC.get("user"));

        elsewhere(channel::receive);

        assertThat(sent).isCompletedWithValue("ann");
    }

    @Test
    void childThatIsDismissedIsToldInTheContextOfWhoBeganIt() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        List<CompletableFuture<String>> second = new ArrayList<>();
        CompletableFuture<String> all = TaskGroup.atMost(1).run(group -> {
            CompletableFuture<String> running = group.fork(() -> first);
            second.add(group.fork(this::work).handle((value, failure) -> MDC.get("user")));
            return running;
        });

        elsewhere(() -> all.cancel(true));

        assertThat(second.get(0)).isCompletedWithValue("ann");
    }
}
