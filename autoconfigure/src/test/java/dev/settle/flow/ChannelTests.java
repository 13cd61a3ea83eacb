package dev.settle.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import dev.settle.core.Results;
import dev.settle.flow.Channel.Overflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelTests {

    private final List<String> dropped = new ArrayList<>();
    private final Channel<String> meeting = Channel.rendezvous();
    private final Channel<String> two = Channel.buffered(2, Overflow.WAIT, this.dropped::add);

    private static Throwable failure(CompletableFuture<?> future) {
        return Results.failure(future);
    }

    @Test
    void withoutABufferASendIsDoneWhenItsValueIsReceived() {
        CompletableFuture<Void> sent = this.meeting.send("a");
        assertThat(sent).isNotDone();

        assertThat(this.meeting.receive()).isCompletedWithValue(Optional.of("a"));

        assertThat(sent).isCompletedWithValue(null);
    }

    @Test
    void withoutABufferNothingIsSentUnlessSomebodyReceives() {
        assertThat(this.meeting.trySend("a")).isFalse();
        CompletableFuture<Optional<String>> received = this.meeting.receive();

        assertThat(this.meeting.trySend("b")).isTrue();

        assertThat(received).isCompletedWithValue(Optional.of("b"));
    }

    @Test
    void receiversAreServedInTheOrderInWhichTheyCame() {
        CompletableFuture<Optional<String>> first = this.meeting.receive();
        CompletableFuture<Optional<String>> second = this.meeting.receive();

        this.meeting.send("a");
        assertThat(second).isNotDone();
        this.meeting.send("b");

        assertThat(first).isCompletedWithValue(Optional.of("a"));
        assertThat(second).isCompletedWithValue(Optional.of("b"));
    }

    @Test
    void senderWaitsWhileTheBufferIsFull() {
        assertThat(this.two.send("a")).isDone();
        assertThat(this.two.send("b")).isDone();
        CompletableFuture<Void> third = this.two.send("c");
        assertThat(third).isNotDone();
        assertThat(this.two.trySend("d")).isFalse();
        assertThat(this.two.size()).isEqualTo(2);
        assertThat(this.two.waiting()).isEqualTo(1);

        assertThat(this.two.receive()).isCompletedWithValue(Optional.of("a"));

        assertThat(third).isDone();
        assertThat(this.two.tryReceive()).contains("b");
        assertThat(this.two.tryReceive()).contains("c");
        assertThat(this.two.tryReceive()).isEmpty();
    }

    @Test
    void oldestMakesRoomWhenThatIsAskedFor() {
        Channel<String> latest = Channel.buffered(2, Overflow.DROP_OLDEST, this.dropped::add);
        latest.send("a");
        latest.send("b");

        assertThat(latest.send("c")).isDone();
        assertThat(latest.trySend("d")).isTrue();

        assertThat(this.dropped).containsExactly("a", "b");
        assertThat(latest.tryReceive()).contains("c");
    }

    @Test
    void latestIsDroppedWhenThatIsAskedFor() {
        Channel<String> oldest = Channel.buffered(1, Overflow.DROP_LATEST, this.dropped::add);
        oldest.send("a");

        assertThat(oldest.send("b")).isDone();
        assertThat(oldest.trySend("c")).isTrue();

        assertThat(this.dropped).containsExactly("b", "c");
        assertThat(oldest.tryReceive()).contains("a");
    }

    @Test
    void closedChannelDeliversWhatWasSentAndThenNothing() {
        this.two.send("a");
        this.two.send("b");
        CompletableFuture<Void> third = this.two.send("c");
        CompletableFuture<Void> fourth = this.two.send("d");

        this.two.close();
        this.two.close();

        assertThat(failure(this.two.send("e")))
                .isInstanceOf(ChannelClosedException.class)
                .hasMessage("The channel has been closed");
        assertThat(this.two.trySend("f")).isFalse();
        assertThat(List.of("a", "b", "c", "d"))
                .allSatisfy(value -> assertThat(this.two.receive()).isCompletedWithValue(Optional.of(value)));
        assertThat(third).isDone();
        assertThat(fourth).isDone();
        assertThat(this.two.receive()).isCompletedWithValue(Optional.empty());
    }

    @Test
    void thoseWhoReceiveFromAClosedChannelAreToldInOrder() {
        List<Integer> told = new ArrayList<>();
        IntStream.range(0, 3)
                .forEach(i -> this.meeting.receive().thenAccept(value -> {
                    assertThat(value).isEmpty();
                    told.add(i);
                }));

        this.meeting.close();

        assertThat(told).containsExactly(0, 1, 2);
        assertThat(this.meeting.waiting()).isZero();
    }

    @Test
    void channelThatFailsDiscardsWhatItHasAndTellsAllWhy() {
        IllegalStateException broken = new IllegalStateException("broken");
        CompletableFuture<Optional<String>> waiting = this.meeting.receive();
        this.two.send("a");
        this.two.send("b");
        CompletableFuture<Void> third = this.two.send("c");

        this.meeting.fail(broken);
        this.two.fail(broken);
        this.two.fail(new IllegalStateException("again"));

        assertThat(failure(waiting)).isSameAs(broken);
        assertThat(failure(third)).isSameAs(broken);
        assertThat(this.dropped).containsExactly("a", "b");
        assertThat(failure(this.two.receive())).isSameAs(broken);
        assertThat(this.two.tryReceive()).isEmpty();
        assertThat(failure(this.two.send("d")))
                .isInstanceOf(ChannelClosedException.class)
                .hasCause(broken);
    }

    @Test
    void channelThatIsGivenUpLetsItsSendersGo() {
        this.two.send("a");
        this.two.send("b");
        CompletableFuture<Void> third = this.two.send("c");

        this.two.cancel();

        assertThat(failure(third)).isInstanceOf(ChannelClosedException.class);
        assertThat(this.dropped).containsExactly("a", "b");
        assertThat(failure(this.two.receive())).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    void channelThatIsClosedAndEmptyDoesNotFailAnyMore() {
        this.two.close();

        this.two.fail(new IllegalStateException("too late"));

        assertThat(this.two.receive()).isCompletedWithValue(Optional.empty());
    }

    @Test
    void valueOfASendThatWasCancelledIsNeverReceived() {
        this.meeting.send("a");
        CompletableFuture<Void> second = this.meeting.send("b");
        this.meeting.send("c");

        assertThat(second.cancel(true)).isTrue();

        assertThat(this.meeting.tryReceive()).contains("a");
        assertThat(this.meeting.tryReceive()).contains("c");
        assertThat(this.meeting.waiting()).isZero();
    }

    @Test
    void receiveThatWasCancelledTakesNoValue() {
        CompletableFuture<Optional<String>> gone = this.meeting.receive();
        CompletableFuture<Optional<String>> stays = this.meeting.receive();

        gone.cancel(true);
        this.meeting.send("a");

        assertThat(stays).isCompletedWithValue(Optional.of("a"));
    }

    @Test
    void receiveThatSomebodyCompletesTakesNoValue() {
        CompletableFuture<Optional<String>> gone = this.meeting.receive();

        gone.complete(Optional.of("instead"));

        assertThat(this.meeting.waiting()).isZero();
        assertThat(this.meeting.trySend("a")).isFalse();
    }

    @Test
    void manyCancelledReceivesLeaveNothingBehind() {
        for (int i = 0; i < 300; i++) {
            this.meeting.receive().cancel(true);
            this.two.receive().cancel(true);
        }

        assertThat(this.meeting.waiting()).isZero();
        assertThat(this.two.waiting()).isZero();
    }

    @Test
    void abortOfTheWorkAroundLeavesTheChannel() {
        AbortSource around = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(around);
        CompletableFuture<Optional<String>> waiting;
        try {
            waiting = this.meeting.receive();
        } finally {
            CurrentSignal.swap(outer);
        }

        around.abort(AbortReason.application("enough"));

        assertThat(failure(waiting)).isInstanceOf(AbortedException.class);
        assertThat(this.meeting.waiting()).isZero();
        assertThat(around.listening()).isZero();
    }

    @Test
    void signalIsNotListenedToWhenTheValueHasCome() {
        AbortSource around = new AbortSource();
        AbortSignal outer = CurrentSignal.swap(around);
        try {
            this.meeting.receive();
        } finally {
            CurrentSignal.swap(outer);
        }
        assertThat(around.listening()).isEqualTo(1);

        this.meeting.send("a");

        assertThat(around.listening()).isZero();
    }

    @Test
    void sendersAndReceiversMayGoOnInsideEachOther() {
        List<String> received = new ArrayList<>();
        receiveAll(received);

        CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 100_000; i++) {
            String value = "" + i;
            sent = sent.thenCompose(nothing -> this.meeting.send(value));
        }
        this.meeting.close();

        assertThat(received).hasSize(100_001).startsWith("0", "1").endsWith("closed");
    }

    private void receiveAll(List<String> received) {
        this.meeting.receive().thenAccept(value -> {
            received.add(value.orElse("closed"));
            if (value.isPresent()) {
                receiveAll(received);
            }
        });
    }

    @Test
    void nullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> this.two.send(null));
        assertThatNullPointerException().isThrownBy(() -> this.two.trySend(null));
        assertThatNullPointerException().isThrownBy(() -> this.two.fail(null));
    }

    @Test
    void bufferWithoutRoomIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channel.buffered(0))
                .withMessageContaining("Channel.rendezvous()");
    }

    @Test
    void whoIsToldOfWhatIsDroppedIsNotNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> Channel.buffered(1, Overflow.DROP_OLDEST, null))
                .withMessage("dropped");
    }
}
