package dev.settle.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.activity.Activity;
import dev.settle.autoconfigure.Startup;
import dev.settle.plan.PlanRegistry;
import dev.settle.test.VirtualTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What becomes of a stream's thread. */
class StreamTests {

    private final VirtualTime time = new VirtualTime();

    /** The page has been closed, and the server is just about to end the answer itself. */
    private static final class Gone implements Stream.Outlet {

        private final CompletableFuture<Thread> ended = new CompletableFuture<>();
        private final AtomicReference<Throwable> uncaught = new AtomicReference<>();

        @Override
        public boolean isOpen() {
            return false;
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void send(Frame frame) {}

        @Override
        public void bye() {}

        @Override
        public void end() {
            Thread thread = Thread.currentThread();
            thread.setUncaughtExceptionHandler((own, failure) -> this.uncaught.set(failure));
            this.ended.complete(thread);
            throw new IllegalStateException("AsyncContext not yet initialized");
        }
    }

    @Test
    void answerThatHasEndedByItselfEndsTheStreamWithoutAWord() {
        Startup.runner(this.time).run(context -> {
            Feed feed = new Feed(context.getBean(PlanRegistry.class), new Activity(this.time), this.time, Map::of);
            Gone gone = new Gone();
            assertThat(Stream.reserve()).isTrue();

            Stream.start(feed, gone);

            gone.ended.join().join();
            assertThat(gone.uncaught).hasNullValue();
            await().until(() -> Stream.open() == 0);
        });
    }
}
