package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.CallTimeoutException;
import dev.settle.abort.AbortEvent;
import dev.settle.abort.AbortReason;
import dev.settle.abort.AbortReason.Kind;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AbortReport.Outcome;
import dev.settle.abort.AbortSignal;
import dev.settle.abort.AsyncAbortController;
import dev.settle.annotation.OnAbort;
import dev.settle.annotation.Timeout;
import dev.settle.test.VirtualTime;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Phased;
import org.springframework.context.SmartLifecycle;

/** Methods of beans as cleanups. */
class OnAbortTests {

    private final Journal journal = new Journal();
    private final ApplicationContextRunner app = Apps.plain().withBean(Journal.class, () -> this.journal);

    private AbortReport.Entry closed(ConfigurableApplicationContext context, String name) {
        AsyncAbortController controller = controller(context);
        context.close();
        return Reports.entry(controller, name);
    }

    @Test
    void runsInPhaseZero() {
        this.app.withBean("bean", Plain.class).run(context -> {
            AbortReport.Entry entry = closed(context, "bean.cleanUp");

            assertThat(entry.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(entry.group()).isEqualTo("phase 0");
        });

        assertThat(this.journal.lines()).containsExactly("cleaned up");
    }

    @Test
    void runsInThePhaseOfItsBean() {
        this.app
                .withBean("bean", InPhaseSeven.class)
                .run(context ->
                        assertThat(closed(context, "bean.cleanUp").group()).isEqualTo("phase 7"));
    }

    @Test
    void runsInThePhaseOfItsLifecycleBean() {
        this.app
                .withBean("above", ForeignBean.class, () -> new ForeignBean("above", 71, this.journal))
                .withBean("below", ForeignBean.class, () -> new ForeignBean("below", 69, this.journal))
                .withBean(CleaningLifecycle.class)
                .run(ConfigurableApplicationContext::close);

        assertThat(this.journal.lines()).containsExactly("above stops", "cleaned up", "below stops");
    }

    @Test
    void runsInThePhaseItNames() {
        this.app
                .withBean("bean", InNamedPhase.class)
                .run(context ->
                        assertThat(closed(context, "bean.cleanUp").group()).isEqualTo("phase -5"));
    }

    @Test
    void prioritiesComeOneAfterAnother() {
        this.app.withBean(Priorities.class).run(ConfigurableApplicationContext::close);

        assertThat(this.journal.lines())
                .containsExactly("0 begins", "0 ends", "1 begins", "1 ends", "2 begins", "2 ends");
    }

    @Test
    void beansOfTheSamePriorityAreCleanedUpTogether() {
        this.app
                .withBean("one", Rendezvous.class)
                .withBean("other", Rendezvous.class)
                .run(context -> {
                    context.getBean("one", Rendezvous.class).other = context.getBean("other", Rendezvous.class);
                    context.getBean("other", Rendezvous.class).other = context.getBean("one", Rendezvous.class);
                    AsyncAbortController controller = controller(context);

                    context.close();

                    assertThat(controller.report().failures()).isEmpty();
                });
    }

    @Test
    void hasTheTimeItNames() {
        VirtualTime time = new VirtualTime();
        Apps.virtual(time)
                .withPropertyValues("bye=3s")
                .withBean("short", WithTime.class)
                .run(context -> {
                    AsyncAbortController controller = controller(context);
                    WithTime bean = context.getBean(WithTime.class);
                    Closing closing = Closing.of(context);

                    assertThat(Waits.result(bean.fixed)).isEqualTo(Duration.ofMillis(300));
                    assertThat(Waits.result(bean.fromProperty)).isEqualTo(Duration.ofSeconds(3));
                    assertThat(Waits.result(bean.byDefault)).isEqualTo(Duration.ofSeconds(4));
                    assertThat(Waits.result(bean.unset)).isEqualTo(Duration.ofMillis(29_500));

                    time.advance(Duration.ofSeconds(4));
                    bean.end.complete(null);
                    closing.join();
                    assertThat(Reports.outcome(controller, "short.fixed")).isEqualTo(Outcome.TIMED_OUT);
                    assertThat(Reports.outcome(controller, "short.unset")).isEqualTo(Outcome.COMPLETED);
                });
    }

    @Test
    void isToldWhy() {
        this.app.withBean(Told.class).run(context -> {
            Told bean = context.getBean(Told.class);

            context.close();

            assertThat(bean.reason.kind()).isEqualTo(Kind.SHUTDOWN);
            assertThat(bean.event.reason()).isSameAs(bean.reason);
            assertThat(bean.hard).isSameAs(bean.event.hard());
            assertThat(bean.current).isSameAs(bean.hard);
        });
    }

    @Test
    void valueItReturnsIsInTheReport() {
        this.app
                .withBean("bean", Returning.class)
                .run(context ->
                        assertThat(closed(context, "bean.flush").detail()).isEqualTo("flushed 7"));
    }

    @Test
    void stageItReturnsIsAwaitedAndItsValueIsInTheReport() {
        this.app
                .withBean("bean", ReturningStage.class)
                .run(context ->
                        assertThat(closed(context, "bean.flush").detail()).isEqualTo("flushed 7"));

        assertThat(this.journal.lines()).containsExactly("flushed");
    }

    @Test
    void plainFutureItReturnsIsWaitedFor() {
        this.app.withBean("bean", ReturningFuture.class).run(context -> {
            AbortReport.Entry entry = closed(context, "bean.flush");

            assertThat(entry.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(entry.detail()).isEqualTo("flushed 7");
        });
    }

    @Test
    void plainFutureThatFailsIsAFailure() {
        this.app.withBean("bean", ReturningFailedFuture.class).run(context -> {
            AbortReport.Entry entry = closed(context, "bean.flush");

            assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(entry.failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("disk full");
        });
    }

    @Test
    void exceptionItThrowsIsTheFailure() {
        this.app.withBean("bean", Throwing.class).run(context -> {
            AbortReport.Entry entry = closed(context, "bean.flush");

            assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(entry.failure())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("disk full");
        });
    }

    @Test
    void errorItThrowsIsAFailureToo() {
        this.app.withBean("bean", ThrowingError.class).run(context -> {
            AbortReport.Entry entry = closed(context, "bean.flush");

            assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(entry.failure()).isInstanceOf(AssertionError.class).hasMessage("broken");
        });
    }

    @Test
    void policiesOfTheMethodApply() {
        VirtualTime time = new VirtualTime();
        Apps.virtual(time).withBean("bean", WithPolicy.class).run(context -> {
            AsyncAbortController controller = controller(context);
            WithPolicy bean = context.getBean(WithPolicy.class);
            Closing closing = Closing.of(context);
            Waits.result(bean.begun());

            time.advance(Duration.ofSeconds(2));

            closing.join();
            assertThat(Reports.entry(controller, "bean.flush").failure()).isInstanceOf(CallTimeoutException.class);
        });
    }

    @Test
    void privateMethodOfAPlainBeanRuns() {
        this.app.withBean(PrivateMethod.class).run(ConfigurableApplicationContext::close);

        assertThat(this.journal.lines()).containsExactly("cleaned up");
    }

    @Test
    void annotationMayBeAMetaAnnotation() {
        this.app.withBean("bean", MetaAnnotated.class).run(context -> {
            AbortReport.Entry entry = closed(context, "bean.cleanUp");

            assertThat(entry.group()).isEqualTo("phase 33");
        });
    }

    @Test
    void annotationIsInheritedFromTheOverriddenMethod() {
        this.app.withBean(Overriding.class).run(ConfigurableApplicationContext::close);

        assertThat(this.journal.lines()).containsExactly("overriding");
    }

    @Test
    void annotationIsInheritedFromAnInterface() {
        this.app.withBean(Implementing.class).run(ConfigurableApplicationContext::close);

        assertThat(this.journal.lines()).containsExactly("implementing");
    }

    @Test
    void methodOfASuperclassRuns() {
        this.app.withBean(Inheriting.class).run(ConfigurableApplicationContext::close);

        assertThat(this.journal.lines()).containsExactly("cleaned up");
    }

    @Test
    void everyBeanOfAClassHasItsOwn() {
        this.app.withBean("one", Plain.class).withBean("other", Plain.class).run(context -> {
            AsyncAbortController controller = controller(context);

            context.close();

            assertThat(Reports.outcome(controller, "one.cleanUp")).isEqualTo(Outcome.COMPLETED);
            assertThat(Reports.outcome(controller, "other.cleanUp")).isEqualTo(Outcome.COMPLETED);
        });
    }

    @Test
    void beanThatIsDestroyedEarlyTakesItsCleanupBack() {
        this.app.withBean("bean", Plain.class).run(context -> {
            ((DefaultListableBeanFactory) context.getBeanFactory()).destroySingleton("bean");

            context.close();
        });

        assertThat(this.journal.lines()).isEmpty();
    }

    static class Plain {

        final Journal journal;

        Plain(Journal journal) {
            this.journal = journal;
        }

        @OnAbort
        void cleanUp() {
            this.journal.note("cleaned up");
        }
    }

    static final class InPhaseSeven extends Plain implements Phased {

        InPhaseSeven(Journal journal) {
            super(journal);
        }

        @Override
        public int getPhase() {
            return 7;
        }
    }

    /** A lifecycle bean with a cleanup of its own, in phase 70. */
    static final class CleaningLifecycle implements SmartLifecycle {

        private final Journal journal;
        private volatile boolean running;

        CleaningLifecycle(Journal journal) {
            this.journal = journal;
        }

        @OnAbort
        void cleanUp() {
            this.journal.note("cleaned up");
        }

        @Override
        public void start() {
            this.running = true;
        }

        @Override
        public void stop() {
            this.running = false;
        }

        @Override
        public boolean isRunning() {
            return this.running;
        }

        @Override
        public int getPhase() {
            return 70;
        }
    }

    static final class InNamedPhase implements Phased {

        @OnAbort(phase = -5)
        void cleanUp() {}

        @Override
        public int getPhase() {
            return 7;
        }
    }

    static final class Priorities {

        private final Journal journal;

        Priorities(Journal journal) {
            this.journal = journal;
        }

        @OnAbort(phase = 7, priority = 2)
        CompletionStage<?> last(AbortEvent event) throws Exception {
            return this.journal.taking("2").cleanUp(event);
        }

        @OnAbort(phase = 7)
        CompletionStage<?> first(AbortEvent event) throws Exception {
            return this.journal.taking("0").cleanUp(event);
        }

        @OnAbort(phase = 7, priority = 1)
        CompletionStage<?> second(AbortEvent event) throws Exception {
            return this.journal.taking("1").cleanUp(event);
        }
    }

    /** Ends when the other has begun. */
    static final class Rendezvous {

        private final CompletableFuture<Void> begun = new CompletableFuture<>();
        private volatile Rendezvous other;

        @OnAbort(priority = 1, timeout = "10s")
        CompletableFuture<Void> cleanUp() {
            this.begun.complete(null);
            return this.other.begun.copy();
        }
    }

    static final class WithTime {

        private final CompletableFuture<Duration> fixed = new CompletableFuture<>();
        private final CompletableFuture<Duration> fromProperty = new CompletableFuture<>();
        private final CompletableFuture<Duration> byDefault = new CompletableFuture<>();
        private final CompletableFuture<Duration> unset = new CompletableFuture<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        @OnAbort(timeout = "300ms")
        CompletableFuture<Void> fixed(AbortEvent event) {
            this.fixed.complete(event.remaining());
            return this.end.copy();
        }

        @OnAbort(timeout = "${bye}")
        CompletableFuture<Void> fromProperty(AbortEvent event) {
            this.fromProperty.complete(event.remaining());
            return this.end.copy();
        }

        @OnAbort(timeout = "${unknown:PT4S}")
        CompletableFuture<Void> byDefault(AbortEvent event) {
            this.byDefault.complete(event.remaining());
            return this.end.copy();
        }

        @OnAbort
        CompletableFuture<Void> unset(AbortEvent event) {
            this.unset.complete(event.remaining());
            return this.end.copy();
        }
    }

    static final class Told {

        private AbortEvent event;
        private AbortSignal hard;
        private AbortSignal current;
        private AbortReason reason;

        @OnAbort
        void cleanUp(AbortReason reason, AbortEvent event, AbortSignal hard) {
            this.reason = reason;
            this.event = event;
            this.hard = hard;
            this.current = AbortSignal.current();
        }
    }

    static final class Returning {

        @OnAbort
        String flush() {
            return "flushed 7";
        }
    }

    static final class ReturningStage {

        private final Journal journal;

        ReturningStage(Journal journal) {
            this.journal = journal;
        }

        @OnAbort
        CompletionStage<String> flush() {
            return CompletableFuture.supplyAsync(
                    () -> {
                        this.journal.note("flushed");
                        return "flushed 7";
                    },
                    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
        }
    }

    static final class ReturningFuture {

        @OnAbort
        Future<String> flush() {
            FutureTask<String> task = new FutureTask<>(() -> "flushed 7");
            new Thread(task).start();
            return task;
        }
    }

    static final class ReturningFailedFuture {

        @OnAbort
        Future<String> flush() {
            FutureTask<String> task = new FutureTask<>(() -> {
                throw new IllegalStateException("disk full");
            });
            new Thread(task).start();
            return task;
        }
    }

    static final class Throwing {

        @OnAbort
        void flush() {
            throw new IllegalStateException("disk full");
        }
    }

    static final class ThrowingError {

        @OnAbort
        void flush() {
            throw new AssertionError("broken");
        }
    }

    static class WithPolicy {

        private final CompletableFuture<Void> begun = new CompletableFuture<>();

        @OnAbort
        @Timeout("2s")
        CompletableFuture<Void> flush() {
            this.begun.complete(null);
            return new CompletableFuture<>();
        }

        /** A method, because the field of a proxy is empty. */
        CompletableFuture<Void> begun() {
            return this.begun;
        }
    }

    static final class PrivateMethod {

        private final Journal journal;

        PrivateMethod(Journal journal) {
            this.journal = journal;
        }

        @OnAbort
        private void cleanUp() {
            this.journal.note("cleaned up");
        }
    }

    @OnAbort(phase = 33)
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface InPhaseThirtyThree {}

    static final class MetaAnnotated {

        @InPhaseThirtyThree
        void cleanUp() {}
    }

    static final class Overriding extends Plain {

        Overriding(Journal journal) {
            super(journal);
        }

        @Override
        void cleanUp() {
            this.journal.note("overriding");
        }
    }

    interface Cleaning {

        @OnAbort
        void cleanUp();
    }

    static final class Implementing implements Cleaning {

        private final Journal journal;

        Implementing(Journal journal) {
            this.journal = journal;
        }

        @Override
        public void cleanUp() {
            this.journal.note("implementing");
        }
    }

    static final class Inheriting extends Plain {

        Inheriting(Journal journal) {
            super(journal);
        }
    }
}
