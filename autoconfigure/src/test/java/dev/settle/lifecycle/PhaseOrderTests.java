package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.AsyncCleanup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** In which order cleanups run, among each other and among the beans that Spring stops. */
class PhaseOrderTests {

    private final Journal journal = new Journal();

    private ApplicationContextRunner app = Apps.plain();

    private void foreign(String name, int phase) {
        this.app = this.app.withBean(name, ForeignBean.class, () -> new ForeignBean(name, phase, this.journal));
    }

    @Test
    void cleanupsTakeTurnsWithForeignBeans() {
        foreign("jms", Integer.MAX_VALUE - 1);
        foreign("web server", Integer.MAX_VALUE - 2048);
        foreign("cache", 50);
        foreign("redis", -1);
        foreign("rabbit", Integer.MIN_VALUE);

        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(-5).onAbort("-5", this.journal.taking("-5"));
            controller.phase(100).onAbort("100", this.journal.taking("100"));
            controller.phase(Integer.MAX_VALUE).onAbort("MAX", this.journal.taking("MAX"));
            controller.phase(AbortPhases.WEB_DRAIN).onAbort("drain", this.journal.taking("drain"));

            context.close();
        });

        assertThat(this.journal.lines())
                .containsExactly(
                        "MAX begins",
                        "MAX ends",
                        "jms stops",
                        "drain begins",
                        "drain ends",
                        "web server stops",
                        "100 begins",
                        "100 ends",
                        "cache stops",
                        "redis stops",
                        "-5 begins",
                        "-5 ends",
                        "rabbit stops");
    }

    @Test
    void cleanupsOfAPhaseRunTogetherWithItsBeans() {
        // Each ends only when the other has begun.
        CompletableFuture<Void> begun = new CompletableFuture<>();
        ForeignBean bean = new ForeignBean("bean", 100, this.journal, begun);

        this.app.withBean(ForeignBean.class, () -> bean).run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(100).onAbort("cleanup", event -> {
                begun.complete(null);
                return bean.stopping();
            });

            Closing.of(context).join();

            assertThat(controller.report().failures()).isEmpty();
        });
    }

    @Test
    void allPrioritiesOfAPhaseComeBeforeTheBeansBelow() {
        foreign("bean", 99);

        this.app.run(context -> {
            var first = controller(context).phase(100);
            first.nextGroup().onAbort("second", this.journal.taking("second"));
            first.onAbort("first", this.journal.taking("first"));

            context.close();
        });

        assertThat(this.journal.lines())
                .containsExactly("first begins", "first ends", "second begins", "second ends", "bean stops");
    }

    @Test
    void groupMadeDuringCloseForALowerPhaseSettlesInItsTurn() {
        foreign("above", 60);
        foreign("below", 40);

        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(100).onAbort("maker", event -> {
                controller.phase(50).onAbort("made", this.journal.taking("made"));
                return null;
            });

            context.close();

            assertThat(Reports.outcome(controller, "made")).isEqualTo(Outcome.COMPLETED);
        });

        assertThat(this.journal.lines()).containsExactly("above stops", "made begins", "made ends", "below stops");
    }

    @Test
    void groupMadeDuringCloseForAPassedPhaseSettlesNextAndIsLate() {
        foreign("below", 40);

        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(100).onAbort("maker", event -> {
                controller.phase(200).onAbort("made", this.journal.taking("made"));
                return null;
            });

            context.close();

            assertThat(Reports.outcome(controller, "made")).isEqualTo(Outcome.LATE);
        });

        assertThat(this.journal.lines()).containsExactly("made begins", "made ends", "below stops");
    }

    @Test
    void beanThatUsesTheControllerStopsInItsOwnPhase() {
        foreign("web server", Integer.MAX_VALUE - 2048);
        foreign("middle", 500);

        this.app
                .withBean(Journal.class, () -> this.journal)
                .withBean(UserOfTheController.class)
                .run(context -> {
                    controller(context).phase(1000).onAbort("cleanup", this.journal.noting("cleanup"));
                    context.close();
                });

        assertThat(this.journal.lines()).containsExactly("web server stops", "cleanup", "middle stops", "user stops");
    }

    @Test
    void cleanupIsAwaitedThoughSpringDoesNotAwaitItsBean() {
        // Spring stops a dependent with what it depends on, and does not wait for it: framework issue 28277.
        CompletableFuture<Void> never = new CompletableFuture<>();

        this.app
                .withBean("a", ForeignBean.class, () -> new ForeignBean("a", 10, this.journal))
                .withBean(
                        "b",
                        ForeignBean.class,
                        () -> new ForeignBean("b", 5, this.journal, never),
                        definition -> definition.setDependsOn("a"))
                .run(context -> {
                    controller(context).phase(5).onAbort("cleanup of b", this.journal.taking("cleanup of b"));
                    controller(context).phase(0).onAbort("later", this.journal.noting("later"));
                    context.close();
                });

        assertThat(this.journal.lines())
                .containsExactly("b stops", "a stops", "cleanup of b begins", "cleanup of b ends", "later");
    }

    @Test
    void cleanupRunsWhenTheExecutorsOfTheApplicationRejectWork() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setStrictEarlyShutdown(true);
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        AsyncCleanup cleanup = event -> {
            this.journal.note("executor " + refuses(() -> executor.execute(() -> {})));
            this.journal.note("scheduler " + refuses(() -> scheduler.execute(() -> {})));
            return this.journal.taking("cleanup").cleanUp(event);
        };

        this.app
                .withBean("executor", ThreadPoolTaskExecutor.class, () -> executor)
                .withBean("scheduler", ThreadPoolTaskScheduler.class, () -> scheduler)
                .run(context -> {
                    controller(context).phase(-5).onAbort("cleanup", cleanup);
                    context.close();
                });

        assertThat(this.journal.lines())
                .containsExactly("executor refuses", "scheduler refuses", "cleanup begins", "cleanup ends");
    }

    private static String refuses(Runnable task) {
        try {
            task.run();
            return "accepts";
        } catch (RejectedExecutionException ex) {
            return "refuses";
        }
    }

    /** A lifecycle bean of phase 0, which Spring would stop early if the controller were a lifecycle bean. */
    static final class UserOfTheController implements SmartLifecycle {

        private final Journal journal;
        private volatile boolean running;

        UserOfTheController(AsyncAbortController controller, Journal journal) {
            this.journal = journal;
        }

        @Override
        public void start() {
            this.running = true;
        }

        @Override
        public void stop() {
            this.running = false;
            this.journal.note("user stops");
        }

        @Override
        public boolean isRunning() {
            return this.running;
        }

        @Override
        public int getPhase() {
            return 0;
        }
    }
}
