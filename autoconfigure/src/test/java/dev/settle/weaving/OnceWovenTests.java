package dev.settle.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.core.Results;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.interceptor.DebugInterceptor;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.util.AopTestUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A call that comes through a proxy to a woven method runs the plan once, outside of what else the proxy does. */
@Tag("woven")
class OnceWovenTests {

    private final ApplicationContextRunner runner = Woven.runner();

    @Test
    void aCallFromOutsideRunsThePlanOnce() {
        this.runner.withBean(Flaky.class).run(context -> {
            assertThatThrownBy(context.getBean(Flaky.class)::find).hasMessage("attempt 3");
            assertThatThrownBy(context.getBean(Flaky.class)::find).hasMessage("attempt 6");
        });
    }

    @Test
    void nothingStaysOnTheThreadForTheNextCall() {
        this.runner.withBean(Flaky.class).run(context -> {
            Flaky proxy = context.getBean(Flaky.class);
            Flaky bean = AopTestUtils.getUltimateTargetObject(proxy);

            assertThat(bean.attemptsOf(proxy::find)).isEqualTo(Flaky.ONE_PLAN);
            assertThat(bean.attemptsOf(bean::find)).isEqualTo(Flaky.ONE_PLAN);
        });
    }

    static class Nested {

        final List<Integer> depths = new CopyOnWriteArrayList<>();

        /** Would wait for itself, and is told so, when the inner call runs the plan too. */
        @Bulkhead(1)
        public void nest(int depth) {
            this.depths.add(depth);
            if (depth > 0) {
                nest(depth - 1);
            }
        }
    }

    @Test
    void aCallThatABeanMakesToTheSameMethodOfItselfRunsThePlanAgain() {
        this.runner.withBean(Nested.class).run(context -> {
            Nested nested = context.getBean(Nested.class);

            assertThatThrownBy(() -> nested.nest(1)).isInstanceOf(dev.settle.ReentrantCallException.class);

            assertThat(AopTestUtils.<Nested>getUltimateTargetObject(nested).depths)
                    .containsExactly(1);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    static class AsyncConfiguration {

        @Bean
        TaskExecutor taskExecutor() {
            return new SimpleAsyncTaskExecutor("work-");
        }
    }

    static class Remote {

        final List<String> threads = new CopyOnWriteArrayList<>();

        @Async
        @Retry(maxRetries = 2, delay = "0s")
        public CompletableFuture<String> find() {
            this.threads.add(Thread.currentThread().getName());
            throw new IllegalStateException("refused");
        }
    }

    @Test
    void anAsyncMethodRunsItsPlanOnceThoughItIsExecutedOnAnotherThread() {
        this.runner
                .withUserConfiguration(AsyncConfiguration.class)
                .withBean(Remote.class)
                .run(context -> {
                    Remote remote = context.getBean(Remote.class);

                    assertThat(Results.awaitFailure(remote.find())).hasMessage("refused");

                    assertThat(AopTestUtils.<Remote>getUltimateTargetObject(remote).threads)
                            .hasSize(Flaky.ONE_PLAN)
                            .allMatch(name -> name.startsWith("work-"));
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class Transactions {

        @Bean
        PlatformTransactionManager transactionManager() {
            return new NoTransactions();
        }
    }

    @SuppressWarnings("serial")
    static class NoTransactions extends AbstractPlatformTransactionManager {

        int begun;

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, org.springframework.transaction.TransactionDefinition definition) {
            this.begun++;
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }

    static class Orders {

        private final Flaky flaky = new Flaky();

        @Transactional
        @Retry(maxRetries = 2, delay = "0s")
        public String place() {
            this.flaky.attempts++;
            throw new IllegalStateException(
                    TransactionSynchronizationManager.isActualTransactionActive() ? "in a transaction" : "without");
        }

        public int attemptsOf(Supplier<?> call) {
            return this.flaky.attemptsOf(call);
        }
    }

    @Test
    void eachAttemptOfATransactionalMethodHasATransactionOfItsOwn() {
        this.runner
                .withUserConfiguration(Transactions.class)
                .withBean(Orders.class)
                .run(context -> {
                    Orders orders = context.getBean(Orders.class);

                    assertThat(orders.attemptsOf(orders::place)).isEqualTo(Flaky.ONE_PLAN);

                    assertThat(context.getBean(NoTransactions.class).begun).isEqualTo(Flaky.ONE_PLAN);
                });
    }

    interface Finder {

        String find();
    }

    static class Found implements Finder {

        private final Flaky flaky = new Flaky();

        @Override
        @Retry(maxRetries = 2, delay = "0s")
        public String find() {
            this.flaky.attempts++;
            throw new IllegalStateException("attempt " + this.flaky.attempts);
        }
    }

    private static Finder proxied(boolean frozen) {
        ProxyFactory factory = new ProxyFactory(new Found());
        factory.addAdvice(new DebugInterceptor());
        factory.setFrozen(frozen);
        return (Finder) factory.getProxy();
    }

    @Test
    void aBeanBehindAProxyOfItsInterfaceRunsThePlanOnce() {
        this.runner.withBean(Finder.class, () -> proxied(false)).run(context -> {
            Finder finder = context.getBean(Finder.class);

            assertThat(AopUtils.isJdkDynamicProxy(finder)).isTrue();
            assertThatThrownBy(finder::find).hasMessage("attempt 3");
        });
    }

    @Test
    void aBeanBehindTwoProxiesRunsThePlanOnce() {
        this.runner
                .withBean(Finder.class, () -> proxied(true))
                .run(context ->
                        assertThatThrownBy(context.getBean(Finder.class)::find).hasMessage("attempt 3"));
    }

    abstract static class Source<T> {

        abstract T get(T first);
    }

    static class Texts extends Source<String> {

        private final Flaky flaky = new Flaky();

        @Override
        @Retry(maxRetries = 2, delay = "0s")
        String get(String first) {
            this.flaky.attempts++;
            throw new IllegalStateException("attempt " + this.flaky.attempts);
        }

        public int itself() {
            Source<String> source = this;
            return this.flaky.attemptsOf(() -> source.get("first"));
        }
    }

    @Test
    void aBridgeMethodRunsThePlanOnce() {
        this.runner.withBean(Texts.class).run(context -> {
            Source<String> texts = context.getBean(Texts.class);

            assertThatThrownBy(() -> texts.get("first")).hasMessage("attempt 3");
            assertThat(context.getBean(Texts.class).itself()).isEqualTo(Flaky.ONE_PLAN);
        });
    }
}
