package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;

/** What closing a context does, however it is closed and whoever is in it. */
class ContextCloseTests {

    private final ApplicationContextRunner app = Apps.plain();
    private final Journal journal = new Journal();

    @Test
    void shutdownIsRequestedBeforeAnythingStops() {
        List<Boolean> requested = new CopyOnWriteArrayList<>();
        ForeignBean first = new ForeignBean("first", Integer.MAX_VALUE, this.journal);
        this.app.withBean(ForeignBean.class, () -> first).run(context -> {
            AbortSignal shutdown = controller(context).shutdownRequested();
            first.stopping().thenRun(() -> requested.add(shutdown.aborted()));
            assertThat(shutdown.aborted()).isFalse();

            context.close();

            assertThat(requested).containsExactly(true);
            assertThat(shutdown.reason().orElseThrow().kind()).isEqualTo(Kind.SHUTDOWN);
        });
    }

    @Test
    void groupsAreAbortedBecauseOfTheShutdown() {
        this.app.run(context -> {
            AbortSignal signal = controller(context).phase(100).signal();

            context.close();

            assertThat(signal.reason().orElseThrow().kind()).isEqualTo(Kind.SHUTDOWN);
        });
    }

    @Test
    void signalOfALowerPhaseStaysOpenUntilItsTurn() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            AbortSignal lower = controller.phase(50).signal();
            controller.phase(100).onAbort("higher", event -> {
                this.journal.note("aborted: " + lower.aborted());
                return null;
            });

            context.close();

            assertThat(this.journal.lines()).containsExactly("aborted: false");
            assertThat(lower.aborted()).isTrue();
        });
    }

    @Test
    void closingAgainSettlesNothingAgain() {
        this.app.run(context -> {
            controller(context).phase(100).onAbort("cleanup", this.journal.noting("cleanup"));

            context.close();
            context.close();
        });

        assertThat(this.journal.lines()).containsExactly("cleanup");
    }

    @Test
    void asynchronousEventsComeTooLateForNobody() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
        multicaster.setTaskExecutor(executor);

        this.app
                .withBean(
                        AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
                        SimpleApplicationEventMulticaster.class,
                        () -> multicaster)
                .withBean(ForeignBean.class, () -> new ForeignBean("foreign", 50, this.journal))
                .run(context -> {
                    controller(context).phase(100).onAbort("cleanup", this.journal.taking("cleanup"));
                    context.close();
                });

        executor.shutdown();
        assertThat(this.journal.lines()).containsExactly("cleanup begins", "cleanup ends", "foreign stops");
    }

    @Test
    void listenerThatThrowsAtTheEndSpoilsNothing() {
        this.app
                .withBean(ThrowingListener.class)
                .withBean(ForeignBean.class, () -> new ForeignBean("foreign", 50, this.journal))
                .run(context -> {
                    controller(context).phase(100).onAbort("cleanup", this.journal.taking("cleanup"));
                    context.close();
                });

        assertThat(this.journal.lines()).containsExactly("cleanup begins", "cleanup ends", "foreign stops");
    }

    @Test
    void lifecycleBeanThatCannotBeAskedSpoilsNothing() {
        this.app
                .withBean(BrokenLifecycle.class)
                .withBean(ForeignBean.class, () -> new ForeignBean("foreign", 50, this.journal))
                .run(context -> {
                    controller(context).phase(100).onAbort("cleanup", this.journal.taking("cleanup"));
                    context.getBean(BrokenLifecycle.class).broken = true;
                    context.close();
                });

        assertThat(this.journal.lines()).containsExactly("cleanup begins", "cleanup ends", "foreign stops");
    }

    @Test
    void lazyBeanThatIsMadeDuringCloseSettlesInItsTurn() {
        this.app
                .withBean(Journal.class, () -> this.journal)
                .withUserConfiguration(LazyBean.class)
                .withBean(ForeignBean.class, () -> new ForeignBean("foreign", 40, this.journal))
                .run(context -> {
                    ObjectProvider<LazyBean> lazy = context.getBeanProvider(LazyBean.class);
                    controller(context).phase(100).onAbort("higher", event -> {
                        lazy.getObject();
                        return null;
                    });
                    context.close();
                });

        assertThat(this.journal.lines()).containsExactly("made", "lazy begins", "lazy ends", "foreign stops");
    }

    @Test
    void lazyLifecycleBeanThatNobodyHasUsedIsNotMade() {
        this.app
                .withBean(Journal.class, () -> this.journal)
                .withUserConfiguration(LazyLifecycle.class)
                .run(context -> context.close());

        assertThat(this.journal.lines()).isEmpty();
    }

    @Test
    void controllerIsNoLifecycleBean() {
        this.app.run(context -> assertThat(controller(context)).isNotInstanceOf(Lifecycle.class));
    }

    @Test
    void nothingButTheContextsOwnBeansIsSeenBeforeItCloses() {
        this.app.run(context ->
                assertThat(context.getBeansOfType(SmartLifecycle.class)).isEmpty());
    }

    @Test
    void controllerOfTheApplicationWins() {
        AsyncAbortController own = AsyncAbortController.create();

        this.app
                .withBean("own", AsyncAbortController.class, () -> own)
                .withBean(ForeignBean.class, () -> new ForeignBean("foreign", 50, this.journal))
                .run(context -> {
                    assertThat(controller(context)).isSameAs(own);
                    own.phase(100).onAbort("cleanup", this.journal.taking("cleanup"));
                    context.close();
                });

        assertThat(this.journal.lines()).containsExactly("cleanup begins", "cleanup ends", "foreign stops");
    }

    @Test
    void settleSwitchedOffLeavesTheContextAlone() {
        this.app
                .withPropertyValues("settle.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(AsyncAbortController.class));
    }

    @Test
    void workTrackedByALowerGroupRunsUntilItsTurn() {
        this.app.run(context -> {
            AsyncAbortController controller = controller(context);
            controller.phase(100).onAbort("higher", this.journal.taking("higher"));
            controller.phase(-5).track("poller", this::pollUntilTold);

            Closing.of(context).join();

            assertThat(Reports.outcome(controller, "poller")).isEqualTo(Outcome.COMPLETED);
        });

        assertThat(this.journal.lines()).containsExactly("higher begins", "higher ends", "poller told");
    }

    private CompletableFuture<String> pollUntilTold(AbortSignal signal) {
        CompletableFuture<String> polling = new CompletableFuture<>();
        signal.onAbort(reason -> {
            this.journal.note("poller told");
            polling.complete("polled");
        });
        return polling;
    }

    @Test
    void contextsClosedOneAfterAnotherSettleEachInOrder() {
        this.app.run(one -> this.app.run(other -> {
            order(one, "one");
            order(other, "other");
            other.close();
            one.close();
        }));

        assertThat(this.journal.lines())
                .containsExactly(
                        "other 100 begins",
                        "other 100 ends",
                        "other 50 begins",
                        "other 50 ends",
                        "one 100 begins",
                        "one 100 ends",
                        "one 50 begins",
                        "one 50 ends");
    }

    private void order(ApplicationContext context, String name) {
        controller(context).phase(50).onAbort("50", this.journal.taking(name + " 50"));
        controller(context).phase(100).onAbort("100", this.journal.taking(name + " 100"));
    }

    static final class ThrowingListener implements ApplicationListener<ContextClosedEvent> {

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            throw new IllegalStateException("broken on purpose");
        }
    }

    static final class BrokenLifecycle implements Lifecycle {

        private volatile boolean broken;

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            if (this.broken) {
                throw new IllegalStateException("broken on purpose");
            }
            return false;
        }
    }

    @Lazy
    static final class LazyBean {

        LazyBean(AsyncAbortController controller, Journal journal) {
            journal.note("made");
            controller.phase(50).onAbort("lazy", journal.taking("lazy"));
        }
    }

    /** Not a smart one: those Spring itself makes when it starts. */
    @Lazy
    static final class LazyLifecycle implements Lifecycle {

        LazyLifecycle(Journal journal) {
            journal.note("made");
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
