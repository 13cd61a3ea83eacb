package dev.settle.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls that hang on one signal do not hang on one another. */
class SiblingCallsTests {

    private static CompletableFuture<String> hanging(AbortSignal signal) {
        Work work = new Work() {
            @Override
            public Object run(AbortSignal own) {
                return new CompletableFuture<String>();
            }

            @Override
            public boolean asynchronous() {
                return true;
            }
        };
        return Calls.async(CallSite.plain("hanging"), Next.link(List.of()), work, signal);
    }

    @Test
    void continuationThatWaitsForTheOthersDoesNotKeepThemFromSettling() throws Exception {
        AsyncAbortController controller = AsyncAbortController.create();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(hanging(controller.signal()));
        }
        CompletableFuture<?> others =
                CompletableFuture.allOf(calls.subList(1, 20).toArray(CompletableFuture[]::new));
        CompletableFuture<Boolean> waited = calls.get(0).handle((value, failure) -> {
            others.handle((nothing, expected) -> true).join();
            return true;
        });

        controller.abortAsync(AbortReason.application("enough"));

        assertThat(waited.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(calls).allSatisfy(call -> assertThat(call).isCancelled());
    }
}
