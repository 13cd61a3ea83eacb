package dev.settle.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.OnAbort;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

/** An application that does not get up cleans up what it has begun: there is no closing event then, and no phases. */
class FailedStartTests {

    private final Journal journal = new Journal();
    private final ApplicationContextRunner app = Apps.plain().withBean(Journal.class, () -> this.journal);

    @Test
    void registeredCleanupsRunInOrder() {
        this.app
                .withBean(Registering.class)
                .withBean(Broken.class)
                .run(context -> assertThat(context).hasFailed());

        assertThat(this.journal.lines()).containsExactly("100 begins", "100 ends", "50 begins", "50 ends");
    }

    @Test
    void annotatedCleanupsRun() {
        this.app
                .withBean(Annotated.class)
                .withBean(Broken.class)
                .run(context -> assertThat(context).hasFailed());

        assertThat(this.journal.lines()).containsExactly("annotated");
    }

    @Test
    void cleanupsRunWhenALifecycleBeanDoesNotStart() {
        this.app
                .withBean(Registering.class)
                .withBean(Annotated.class)
                .withBean(BrokenOnStart.class)
                .run(context -> assertThat(context).hasFailed());

        assertThat(this.journal.lines()).containsExactly("100 begins", "100 ends", "50 begins", "50 ends", "annotated");
    }

    @Test
    void hungCleanupIsGivenUp() {
        long start = System.nanoTime();

        this.app
                .withPropertyValues("settle.shutdown.total-timeout=300ms")
                .withBean(Hanging.class)
                .withBean(Broken.class)
                .run(context -> assertThat(context).hasFailed());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(this.journal.lines()).containsExactly("hangs");
    }

    static final class Registering {

        Registering(AsyncAbortController controller, Journal journal) {
            controller.phase(50).onAbort("50", journal.taking("50"));
            controller.phase(100).onAbort("100", journal.taking("100"));
        }
    }

    static final class Annotated {

        private final Journal journal;

        Annotated(Journal journal) {
            this.journal = journal;
        }

        @OnAbort
        void cleanUp() {
            this.journal.note("annotated");
        }
    }

    static final class Hanging {

        Hanging(AsyncAbortController controller, Journal journal) {
            controller.phase(100).onAbort("hangs", event -> {
                journal.note("hangs");
                return new CompletableFuture<>();
            });
        }
    }

    static final class Broken {

        Broken() {
            throw new IllegalStateException("broken on purpose");
        }
    }

    /** As a web server whose port is taken. */
    static final class BrokenOnStart implements SmartLifecycle {

        @Override
        public void start() {
            throw new IllegalStateException("broken on purpose");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
