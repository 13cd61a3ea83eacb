package dev.settle.cluster;

import dev.settle.CallRejectedException.Reason;
import dev.settle.core.ClusterLimit;
import dev.settle.time.Nanos;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks for a start until it may, or the patience has ended; a wait that would be too long is refused at once. */
final class RateQuestion extends Question<RateDecision> {

    RateQuestion(ClusterRun run, String key) {
        super(run, key);
    }

    @Override
    long slice(long patience) {
        return 0;
    }

    @Override
    CompletionStage<RateDecision> ask(ClusterEngine engine, Duration wait) {
        ClusterLimit limit = run().limit();
        return engine.consume(new RateRequest(key(), limit.limit(), limit.window()));
    }

    @Override
    void answered(@Nullable RateDecision answer, long askedAt) {
        if (answer == null) {
            throw new IllegalStateException("The engine has answered nothing");
        }
        if (answer.allowed()) {
            if (end()) {
                run().goOn(OptionalLong.empty());
            }
            return;
        }
        long patience = Math.min(
                run().patience(),
                run().call().signal().remaining().map(Nanos::of).orElse(Nanos.FOREVER));
        if (!run().limit().waits()) {
            refuse(run().limit().busy(), answer.retryAfter());
        } else if (answer.retryAfter().toNanos() > patience) {
            refuse(Reason.WAIT_EXCEEDED, answer.retryAfter());
        } else {
            putLater(answer.retryAfter());
        }
    }
}
