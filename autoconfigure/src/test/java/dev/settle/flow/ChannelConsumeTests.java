package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.settle.core.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Workers at a channel, and several channels in one. */
class ChannelConsumeTests {

    private final IllegalStateException broken = new IllegalStateException("broken");
    private final Channel<String> channel = Channel.rendezvous();
    private final Channel<String> other = Channel.rendezvous();
    private final List<String> begun = new ArrayList<>();
    private final List<CompletableFuture<String>> works = new ArrayList<>();

    private CompletableFuture<String> work(String value) {
        this.begun.add(value);
        this.works.add(new CompletableFuture<>());
        return this.works.get(this.works.size() - 1);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return Results.failure(future);
    }

    @Test
    void soManyAreDealtWithAtATime() {
        CompletableFuture<Void> done = this.channel.consume(2, this::work);
        this.channel.send("a");
        this.channel.send("b");
        CompletableFuture<Void> third = this.channel.send("c");
        assertThat(this.begun).containsExactly("a", "b");
        assertThat(third).as("nobody has room for it").isNotDone();

        this.works.get(1).complete("done");

        assertThat(third).isDone();
        assertThat(this.begun).containsExactly("a", "b", "c");
        this.channel.close();
        this.works.get(0).complete("done");
        assertThat(done).isNotDone();
        this.works.get(2).complete("done");
        assertThat(done).isCompletedWithValue(null);
    }

    @Test
    void failureGivesTheChannelUp() {
        CompletableFuture<Void> done = this.channel.consume(1, this::work);
        this.channel.send("a");
        CompletableFuture<Void> second = this.channel.send("b");

        this.works.get(0).completeExceptionally(this.broken);

        assertThat(failure(done)).isSameAs(this.broken);
        assertThat(failure(second)).isInstanceOf(ChannelClosedException.class).hasCause(this.broken);
        assertThat(this.begun).containsExactly("a");
    }

    @Test
    void cancelAbortsWhatRunsAndGivesTheChannelUp() {
        CompletableFuture<Void> done = this.channel.consume(2, this::work);
        this.channel.send("a");

        done.cancel(true);

        // Each of several is told by a thread of its own.
        Results.until(this.works.get(0)::isCancelled);
        assertThat(failure(this.channel.send("b"))).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void channelThatFailsIsTheFailureOfItsConsumers() {
        CompletableFuture<Void> done = this.channel.consume(2, this::work);

        this.channel.fail(this.broken);

        assertThat(failure(done)).isSameAs(this.broken);
    }

    @Test
    void consumersOfAClosedChannelAreDone() {
        CompletableFuture<Void> done = this.channel.consume(3, this::work);

        this.channel.close();

        assertThat(done).isCompletedWithValue(null);
        assertThatIllegalArgumentException().isThrownBy(() -> this.channel.consume(0, this::work));
    }

    @Test
    void mergedChannelHasTheValuesOfAllAndClosesWithTheLast() {
        Channel<String> merged = Channel.merge(List.of(this.channel, this.other));
        CompletableFuture<Void> done = merged.consume(1, value -> {
            this.begun.add(value);
            return CompletableFuture.completedFuture(null);
        });

        this.channel.send("a");
        this.other.send("b");
        this.channel.close();
        assertThat(done).isNotDone();
        this.other.send("c");
        this.other.close();

        assertThat(this.begun).containsExactly("a", "b", "c");
        assertThat(done).isCompletedWithValue(null);
    }

    @Test
    void mergedChannelThatIsGivenUpLetsAllSendersGo() {
        Channel<String> merged = Channel.merge(List.of(this.channel, this.other));
        CompletableFuture<Void> one = this.channel.send("on its way");
        CompletableFuture<Void> next = this.channel.send("next");
        assertThat(one).isDone();

        merged.cancel();

        assertThat(failure(next)).isInstanceOf(ChannelClosedException.class);
        assertThat(failure(this.channel.send("a"))).isInstanceOf(ChannelClosedException.class);
        assertThat(failure(this.other.send("b"))).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void mergedChannelFailsWithTheFirstThatFails() {
        Channel<String> merged = Channel.merge(List.of(this.channel, this.other));

        this.other.fail(this.broken);

        assertThat(failure(merged.receive())).isSameAs(this.broken);
        assertThat(failure(this.channel.send("a"))).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void mergeOfNothingIsClosed() {
        assertThat(Channel.<String>merge(List.of()).receive().join()).isEmpty();
    }

    @Test
    void channelsThatAreMergedAreThoseOfThatMoment() {
        List<Channel<String>> inputs = new ArrayList<>(List.of(this.channel));
        Channel<String> merged = Channel.merge(inputs);
        inputs.add(this.other);

        merged.cancel();

        assertThat(failure(this.channel.send("a"))).isInstanceOf(ChannelClosedException.class);
        assertThat(this.other.send("b")).as("it was never part of it").isNotDone();
    }

    @Test
    void valueThatNobodyTakesFromTheMergedChannelIsDropped() {
        List<String> dropped = new ArrayList<>();
        Channel<String> input = Channel.buffered(1, Channel.Overflow.WAIT, dropped::add);
        Channel<String> merged = Channel.merge(List.of(input));
        input.send("a");
        input.send("b");

        merged.cancel();

        assertThat(dropped).containsExactlyInAnyOrder("a", "b");
    }
}
