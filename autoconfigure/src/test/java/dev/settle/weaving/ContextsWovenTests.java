package dev.settle.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortSignal;
import dev.settle.abort.Garbage;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.test.util.AopTestUtils;

/** Several applications in one JVM, and what stays of those that are closed. */
@Tag("woven")
class ContextsWovenTests {

    static class Limited {

        @Timeout("${limit}")
        private Optional<Duration> remaining() {
            return AbortSignal.current().remaining();
        }

        /** The limit of the plan that ran. */
        public Optional<Duration> limit() {
            return remaining();
        }
    }

    private static ApplicationContextRunner runner(int seconds) {
        return Woven.runner(new VirtualTime())
                .withPropertyValues("limit=" + seconds + "s")
                .withBean(Limited.class);
    }

    @Test
    void aBeansOwnApplicationCounts() {
        runner(1)
                .run(first -> runner(4).run(second -> {
                    assertThat(first.getBean(Limited.class).limit()).hasValue(Duration.ofSeconds(1));
                    assertThat(second.getBean(Limited.class).limit()).hasValue(Duration.ofSeconds(4));
                }));
    }

    @Test
    void forOtherObjectsTheOneThatStartedLastCountsUntilItIsClosed() {
        Limited object = new Limited();
        runner(1).run(first -> {
            runner(4).run(second -> assertThat(object.limit()).hasValue(Duration.ofSeconds(4)));
            assertThat(object.limit()).hasValue(Duration.ofSeconds(1));
        });
    }

    @Test
    void aChildThatIsClosedLeavesTheBeansOfItsParentAlone() {
        runner(1).run(parent -> {
            runner(4)
                    .withParent(parent)
                    .run(child ->
                            assertThat(child.getBean(Limited.class).limit()).hasValue(Duration.ofSeconds(4)));
            assertThat(parent.getBean(Limited.class).limit()).hasValue(Duration.ofSeconds(1));
        });
    }

    @Test
    void aBeanThatOutlivesItsApplicationRunsAsItIsWhateverElseIsThere() {
        List<Limited> kept = new ArrayList<>();
        runner(1).run(context -> kept.add(AopTestUtils.getUltimateTargetObject(context.getBean(Limited.class))));

        runner(4).run(context -> assertThat(kept.get(0).limit()).isEmpty());
    }

    @Test
    void aBeanThatOutlivesItsApplicationDoesNotHoldIt() {
        List<Limited> kept = new ArrayList<>();
        List<WeakReference<ApplicationContext>> closed = new ArrayList<>();
        runner(1).run(context -> {
            kept.add(AopTestUtils.getUltimateTargetObject(context.getBean(Limited.class)));
            kept.get(0).limit();
            closed.add(new WeakReference<>(context.getSourceApplicationContext()));
        });

        Garbage.awaitCollected(closed.get(0));
        assertThat(kept).hasSize(1);
    }

    @Test
    void aPrototypeIsForgottenWithItsLastUser() {
        Woven.runner()
                .withPropertyValues("limit=1m")
                .withBean(
                        Limited.class, Limited::new, definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
                .run(context -> {
                    Limited prototype = context.getBean(Limited.class);
                    assertThat(prototype.limit()).isPresent();

                    WeakReference<Object> target = new WeakReference<>(AopTestUtils.getUltimateTargetObject(prototype));
                    prototype = null;
                    Garbage.awaitCollected(target);
                });
    }

    @Test
    void inModeProxyTheWovenCodeIsInert() {
        Startup.runner().run(context -> {
            Flaky object = new Flaky();
            assertThat(object.attemptsOf(object::find)).isEqualTo(Flaky.NO_PLAN);
        });
    }

    @Test
    void inModeProxyABeanCallsItselfWithoutItsPlan() {
        Startup.runner().withBean(Simple.class).run(context -> {
            Simple simple = context.getBean(Simple.class);

            assertThat(simple.itself()).isEqualTo(Flaky.NO_PLAN);
            assertThat(AopTestUtils.<Simple>getUltimateTargetObject(simple)
                            .flaky
                            .attemptsOf(simple::find))
                    .isEqualTo(Flaky.ONE_PLAN);
        });
    }

    static class Simple {

        final Flaky flaky = new Flaky();

        @Retry(maxRetries = 2, delay = "0s")
        public String find() {
            this.flaky.attempts++;
            throw new IllegalStateException("refused");
        }

        public int itself() {
            return this.flaky.attemptsOf(this::find);
        }
    }
}
