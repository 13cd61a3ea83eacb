package dev.settle.flow;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AbortSource;
import dev.settle.abort.CurrentSignal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;

/**
 * What threads may do with a channel, for the model checker, and what must hold when all have ended. What a future says is
 * looked at then only: who meets another tells it a moment later.
 */
@Param(name = "who", gen = IntGen.class, conf = "0:1")
public class ChannelOperations {

    private final Pipe channel;
    private final AbortSource signal = new AbortSource();
    private final CompletableFuture<?>[] sent = new CompletableFuture<?>[2];
    private final CompletableFuture<?>[] received = new CompletableFuture<?>[2];
    private volatile boolean closed;

    ChannelOperations(Pipe channel) {
        this.channel = channel;
    }

    @Operation(runOnce = true)
    public void sendFirst() {
        this.sent[0] = this.channel.send(0);
    }

    @Operation(runOnce = true)
    public void sendSecond() {
        this.sent[1] = this.channel.send(1);
    }

    @Operation(runOnce = true)
    public boolean trySendThird() {
        return this.channel.trySend(2);
    }

    @Operation(runOnce = true)
    public void receiveFirst() {
        this.received[0] = this.channel.receive();
    }

    /** The second receiver is inside work that may be aborted. */
    @Operation(runOnce = true)
    public void receiveSecond() {
        AbortSignal outer = CurrentSignal.swap(this.signal);
        this.received[1] = this.channel.receive();
        CurrentSignal.swap(outer);
    }

    @Operation
    public String tryReceive() {
        return text(this.channel.tryReceive());
    }

    @Operation
    public boolean cancelSend(@Param(name = "who") int who) {
        return cancel(this.sent[who]);
    }

    @Operation
    public boolean cancelReceive(@Param(name = "who") int who) {
        return cancel(this.received[who]);
    }

    private static boolean cancel(CompletableFuture<?> future) {
        return future != null && future.cancel(true);
    }

    @Operation(runOnce = true)
    public void abort() {
        this.signal.abort(new AbortReason(AbortReason.Kind.APPLICATION, "enough", null));
    }

    @Operation
    public void close() {
        this.channel.close();
        this.closed = true;
    }

    /** Only when all threads have ended. */
    public String outcomes() {
        return "sent " + outcome(this.sent[0]) + ", " + outcome(this.sent[1]) + "; received "
                + outcome(this.received[0]) + ", " + outcome(this.received[1]);
    }

    private static String outcome(CompletableFuture<?> future) {
        if (future == null) {
            return "nothing";
        }
        if (!future.isDone()) {
            return "waiting";
        }
        if (future.isCancelled()) {
            return "cancelled";
        }
        return future.isCompletedExceptionally() ? "failed" : text(future.join());
    }

    private static String text(Object value) {
        return (value instanceof Optional<?> received)
                ? received.map(Object::toString).orElse("none")
                : "done";
    }

    @Validate
    public void nobodyIsStrandedAndNothingIsLeftBehind() {
        int receivers = open(this.received[0]) + open(this.received[1]);
        int senders = open(this.sent[0]) + open(this.sent[1]);
        check(receivers == 0 || !this.closed, "a receiver waits at a closed channel");
        check(receivers == 0 || senders == 0, "senders and receivers wait for each other");
        check(this.channel.waiting() == receivers + senders, "somebody has gone and has kept its place");
        check(this.signal.listening() <= open(this.received[1]), "somebody has gone and still listens");
    }

    private static int open(CompletableFuture<?> future) {
        return (future == null || future.isDone()) ? 0 : 1;
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalStateException(complaint);
        }
    }

    /** Without a buffer. */
    public static final class OfRendezvous extends ChannelOperations {
        public OfRendezvous() {
            super(Pipe.real(Channel.rendezvous()));
        }
    }

    /** With room for one value. */
    public static final class OfBuffer extends ChannelOperations {
        public OfBuffer() {
            super(Pipe.real(Channel.buffered(1)));
        }
    }

    /** A copy that is not broken. */
    public static final class OfCopy extends ChannelOperations {
        public OfCopy() {
            super(new BrokenChannel(BrokenChannel.Flaw.NONE));
        }
    }

    /** A copy that is broken. */
    public static final class OfReceiverWithoutCas extends ChannelOperations {
        public OfReceiverWithoutCas() {
            super(new BrokenChannel(BrokenChannel.Flaw.RECEIVER_WITHOUT_CAS));
        }
    }

    /** A copy that is broken. */
    public static final class OfSenderWithoutCas extends ChannelOperations {
        public OfSenderWithoutCas() {
            super(new BrokenChannel(BrokenChannel.Flaw.SENDER_WITHOUT_CAS));
        }
    }

    /** A copy that is broken. */
    public static final class OfCloseThatEmptiesFirst extends ChannelOperations {
        public OfCloseThatEmptiesFirst() {
            super(new BrokenChannel(BrokenChannel.Flaw.CLOSE_EMPTIES_FIRST));
        }
    }
}
