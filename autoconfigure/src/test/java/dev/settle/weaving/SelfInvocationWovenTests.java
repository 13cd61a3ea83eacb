package dev.settle.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.abort.AbortSignal;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.test.util.AopTestUtils;

/** What proxies do not see: the calls that a bean makes to itself, and methods and classes that cannot be overridden. */
@Tag("woven")
class SelfInvocationWovenTests {

    private static <T> void with(Class<T> type, Consumer<T> test) {
        Woven.runner().withBean(type).run(context -> test.accept(context.getBean(type)));
    }

    @Test
    void aCallThatABeanMakesToItselfRunsThePlan() {
        with(Flaky.class, flaky -> assertThat(flaky.findItself()).isEqualTo(Flaky.ONE_PLAN));
    }

    @Test
    void aPrivateMethodRunsItsPlan() {
        with(Flaky.class, flaky -> assertThat(flaky.findItselfPrivately()).isEqualTo(Flaky.ONE_PLAN));
    }

    @Test
    void aFinalMethodRunsItsPlan() {
        with(Flaky.class, flaky -> assertThat(flaky.findItselfFinally()).isEqualTo(Flaky.ONE_PLAN));
    }

    @Test
    void aPackagePrivateMethodRunsItsPlan() {
        with(Flaky.class, flaky -> assertThat(flaky.findItselfInPackage()).isEqualTo(Flaky.ONE_PLAN));
    }

    @Test
    void aFinalMethodCalledOnTheProxyRunsOnTheBean() {
        with(Flaky.class, flaky -> {
            assertThatThrownBy(flaky::findFinally).hasMessage("attempt 3");

            assertThat(AopTestUtils.<Flaky>getUltimateTargetObject(flaky).attempts)
                    .isEqualTo(Flaky.ONE_PLAN);
        });
    }

    static final class Closed {

        private int attempts;

        @Retry(maxRetries = 2, delay = "0s")
        public int find() {
            if (++this.attempts < 3) {
                throw new IllegalStateException("attempt " + this.attempts);
            }
            return this.attempts;
        }
    }

    @Test
    void aFinalClassNeedsNoProxy() {
        with(Closed.class, closed -> {
            assertThat(AopUtils.isAopProxy(closed)).isFalse();
            assertThat(closed.find()).isEqualTo(3);
        });
    }

    @Retry(maxRetries = 2, delay = "0s")
    static class OfClass {

        final Flaky flaky = new Flaky();

        public String find() {
            this.flaky.attempts++;
            throw new IllegalStateException("refused");
        }

        String own() {
            this.flaky.attempts++;
            throw new IllegalStateException("refused");
        }

        public int both() {
            return 10 * this.flaky.attemptsOf(this::find) + this.flaky.attemptsOf(this::own);
        }
    }

    @Test
    void anAnnotationOnTheClassIsForItsPublicMethods() {
        with(OfClass.class, bean -> assertThat(bean.both()).isEqualTo(10 * Flaky.ONE_PLAN + Flaky.NO_PLAN));
    }

    @Retry(maxRetries = 2, delay = "0s")
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface Patient {}

    static class Composed {

        private final Flaky flaky = new Flaky();

        @Patient
        String find() {
            this.flaky.attempts++;
            throw new IllegalStateException("refused");
        }

        public int itself() {
            return this.flaky.attemptsOf(this::find);
        }
    }

    @Test
    void aComposedAnnotationIsFound() {
        with(Composed.class, bean -> assertThat(bean.itself()).isEqualTo(Flaky.ONE_PLAN));
    }

    static class Twice {

        @Timeout("1m")
        @Timeout(value = "2m", scope = Timeout.Scope.TOTAL)
        boolean limited() {
            return AbortSignal.current().remaining().isPresent();
        }

        public boolean itself() {
            return limited();
        }
    }

    @Test
    void aRepeatedAnnotationIsFound() {
        with(Twice.class, bean -> assertThat(bean.itself()).isTrue());
    }

    static class Signalled {

        final List<AbortSignal> signals = new CopyOnWriteArrayList<>();

        @Timeout("1m")
        private void work(String what, AbortSignal signal) {
            this.signals.add(signal);
        }

        public List<AbortSignal> itself() {
            work("it", null);
            work("it", AbortSignal.never());
            return this.signals;
        }
    }

    @Test
    void eachCallGetsItsSignalAsAnArgument() {
        with(
                Signalled.class,
                bean -> assertThat(bean.itself())
                        .hasSize(2)
                        .doesNotHaveDuplicates()
                        .allSatisfy(signal -> assertThat(signal.remaining()).isPresent()));
    }

    static class Special extends Flaky {

        @Override
        public String find() {
            return super.find();
        }

        @Override
        String findInPackage() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void whatAnOverridingMethodCallsAboveItIsPartOfIt() {
        with(Special.class, special -> {
            assertThatThrownBy(special::find).hasMessage("attempt 3");
            assertThat(AopTestUtils.<Flaky>getUltimateTargetObject(special).attempts)
                    .isEqualTo(Flaky.ONE_PLAN);
        });
    }

    @Test
    void anInheritedMethodRunsItsPlan() {
        with(Special.class, special -> assertThat(special.findItselfFinally()).isEqualTo(Flaky.ONE_PLAN));
    }
}
