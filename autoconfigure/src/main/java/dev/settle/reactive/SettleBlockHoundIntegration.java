package dev.settle.reactive;

import dev.settle.queue.SpinLock;
import java.util.concurrent.ThreadPoolExecutor;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound, where an application's tests use it, of the two moments in which a call may stand still on an event loop: a
 * lock that is held for a few instructions, and that of a thread pool which adds a thread.
 *
 * <p>Whoever spins there for a moment gives up neither its thread nor its processor, but BlockHound takes every
 * {@link Thread#onSpinWait} for a wait.
 */
public final class SettleBlockHoundIntegration implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside(SpinLock.class.getName(), "lock")
                .allowBlockingCallsInside(ThreadPoolExecutor.class.getName(), "addWorker");
    }
}
