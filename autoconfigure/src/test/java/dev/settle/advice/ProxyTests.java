package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.core.SmartClassLoader;

/** Beans of all kinds get the one advisor, once. */
class ProxyTests {

    private final ApplicationContextRunner runner = Startup.runner();

    interface Finder {

        @Retry(maxRetries = 2, delay = "0s")
        String find(String id);

        String plain(String id);
    }

    static class Prices {

        static final AtomicInteger ATTEMPTS = new AtomicInteger();

        public Prices() {
            ATTEMPTS.set(0);
        }

        @Retry(maxRetries = 2, delay = "0s")
        public String find(String id) {
            if (ATTEMPTS.incrementAndGet() % 3 != 0) {
                throw new IllegalStateException("refused");
            }
            return id + " 7.30";
        }

        public String plain(String id) {
            return id;
        }
    }

    /** Fails twice, then answers: three attempts a call. */
    private static final class Flaky implements Finder {

        private final AtomicInteger attempts = new AtomicInteger();

        @Override
        public String find(String id) {
            if (this.attempts.incrementAndGet() % 3 != 0) {
                throw new IllegalStateException("refused");
            }
            return id + " 7.30";
        }

        @Override
        public String plain(String id) {
            return id;
        }
    }

    private static long settleAdvisors(Object bean) {
        return Arrays.stream(((Advised) bean).getAdvisors())
                .filter(SettleAdvisor.class::isInstance)
                .count();
    }

    @Test
    void aClassGetsAProxyThatExtendsIt() {
        this.runner.withBean(Prices.class).run(context -> {
            Prices prices = context.getBean(Prices.class);

            assertThat(AopUtils.isCglibProxy(prices)).isTrue();
            assertThat(prices.find("EUR")).isEqualTo("EUR 7.30");
            assertThat(prices.plain("EUR")).isEqualTo("EUR");
        });
    }

    @Test
    void aBeanWithoutAnnotationsIsLeftAsItIs() {
        Object plain = new Object();

        this.runner
                .withBean("plain", Object.class, () -> plain)
                .run(context -> assertThat(context.getBean("plain")).isSameAs(plain));
    }

    @Test
    void itNeedsNoAutoProxying() {
        this.runner
                .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withPropertyValues("spring.aop.auto=false")
                .withBean(Prices.class)
                .run(context ->
                        assertThat(context.getBean(Prices.class).find("EUR")).isEqualTo("EUR 7.30"));
    }

    @Test
    void aProxyThatIsThereAlreadyIsUsed() {
        this.runner
                .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withBean(Prices.class)
                .withBean(Counting.class)
                .run(context -> {
                    Prices prices = context.getBean(Prices.class);

                    assertThat(prices.find("EUR")).isEqualTo("EUR 7.30");

                    assertThat(((Advised) prices).getTargetSource().getTarget()).isExactlyInstanceOf(Prices.class);
                    assertThat(context.getBean(Counting.class).seen)
                            .as("an aspect is inside: it sees each attempt")
                            .hasValue(3);
                });
    }

    @Aspect
    static class Counting {

        final AtomicInteger seen = new AtomicInteger();

        @Around("execution(* dev.settle.advice.ProxyTests.Prices.find(..))")
        public Object count(ProceedingJoinPoint call) throws Throwable {
            this.seen.incrementAndGet();
            return call.proceed();
        }
    }

    @Test
    void aBeanThatIsProxiedByItsInterfacesIsAdvised() {
        this.runner
                .withBean("finder", Finder.class, () -> {
                    ProxyFactory factory = new ProxyFactory(new Flaky());
                    factory.addInterface(Finder.class);
                    return (Finder) factory.getProxy();
                })
                .run(context -> {
                    Finder finder = context.getBean(Finder.class);

                    assertThat(AopUtils.isJdkDynamicProxy(finder)).isTrue();
                    assertThat(finder.find("EUR")).isEqualTo("EUR 7.30");
                    assertThat(settleAdvisors(finder)).isOne();
                });
    }

    @Test
    void aBeanThatIsNothingButAnInterfaceIsAdvised() {
        // As Spring makes clients of HTTP interfaces: a proxy with advice and without a target.
        Flaky server = new Flaky();
        this.runner
                .withBean(
                        "finder",
                        Finder.class,
                        () -> ProxyFactory.getProxy(Finder.class, (MethodInterceptor)
                                invocation -> invoke(server, invocation.getMethod(), invocation.getArguments())))
                .run(context -> {
                    Finder finder = context.getBean(Finder.class);

                    assertThat(catchFailures(() -> finder.find("EUR"))).isEqualTo("EUR 7.30");
                    assertThat(server.attempts).hasValue(3);
                });
    }

    @Test
    void aProxyOfTheJdkIsAdvised() {
        Flaky server = new Flaky();
        this.runner
                .withBean("finder", Finder.class, () -> (Finder) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {Finder.class},
                        (proxy, method, arguments) -> invoke(server, method, arguments)))
                .run(context -> {
                    Finder finder = context.getBean(Finder.class);

                    assertThat(catchFailures(() -> finder.find("EUR"))).isEqualTo("EUR 7.30");
                    assertThat(server.attempts).hasValue(3);
                });
    }

    private static Object invoke(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException ex) {
            throw ex.getTargetException();
        }
    }

    private static String catchFailures(Supplier<String> call) {
        try {
            return call.get();
        } catch (RuntimeException ex) {
            return ex.toString();
        }
    }

    @FunctionalInterface
    interface Lookup {
        @Retry(maxRetries = 2, delay = "0s")
        String find(String id);
    }

    @Test
    void aLambdaIsAdvised() {
        AtomicInteger attempts = new AtomicInteger();
        this.runner
                .withBean("lookup", Lookup.class, () -> id -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new IllegalStateException("refused");
                    }
                    return id + " 7.30";
                })
                .run(context ->
                        assertThat(context.getBean(Lookup.class).find("EUR")).isEqualTo("EUR 7.30"));
    }

    static class PricesFactory implements FactoryBean<Prices> {

        @Override
        public Prices getObject() {
            return new Prices();
        }

        @Override
        public Class<?> getObjectType() {
            return Prices.class;
        }
    }

    @Test
    void theProductOfAFactoryIsAdvised() {
        this.runner.withBean("prices", PricesFactory.class).run(context -> {
            Prices prices = context.getBean(Prices.class);

            assertThat(prices.find("EUR")).isEqualTo("EUR 7.30");
            assertThat(settleAdvisors(prices)).isOne();
        });
    }

    /** As the loader of the developer tools: it has loaded only part of the application itself. */
    private static final class Restarting extends ClassLoader implements SmartClassLoader {

        Restarting(ClassLoader parent) {
            super(parent);
        }

        @Override
        public ClassLoader getOriginalClassLoader() {
            return getParent();
        }
    }

    @Test
    void aClassThatAnOverridingLoaderHasNotLoadedIsAdvised() {
        this.runner
                .withClassLoader(new Restarting(getClass().getClassLoader()))
                .withBean(Prices.class)
                .run(context ->
                        assertThat(context.getBean(Prices.class).find("EUR")).isEqualTo("EUR 7.30"));
    }

    interface Store<T> {
        T load(T key);
    }

    static class Quotes implements Store<String> {

        private final AtomicInteger attempts = new AtomicInteger();

        @Override
        @Retry(maxRetries = 2, delay = "0s")
        public String load(String key) {
            if (this.attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("refused");
            }
            return key + " 7.30";
        }
    }

    @Test
    @SuppressWarnings("unchecked") // a Store<String> is asked for by its raw type
    void aMethodThatIsCalledThroughItsGenericInterfaceIsAdvised() {
        this.runner.withBean(Quotes.class).run(context -> {
            Store<Object> store = context.getBean(Store.class);

            assertThat(store.load("EUR")).isEqualTo("EUR 7.30");
        });
    }

    abstract static class Template<T> {

        private final AtomicInteger attempts = new AtomicInteger();

        @Retry(maxRetries = 2, delay = "0s")
        public T load() {
            return (this.attempts.incrementAndGet() < 3) ? failed() : value();
        }

        abstract T failed();

        abstract T value();
    }

    static class Later extends Template<CompletableFuture<String>> {

        @Override
        CompletableFuture<String> failed() {
            return CompletableFuture.failedFuture(new IllegalStateException("reset"));
        }

        @Override
        CompletableFuture<String> value() {
            return CompletableFuture.completedFuture("7.30");
        }
    }

    @Test
    void aFutureThatStandsForATypeVariableIsFollowed() {
        this.runner
                .withBean(Later.class)
                .run(context -> assertThat(
                                Results.await(context.getBean(Later.class).load()))
                        .isEqualTo("7.30"));
    }

    @Test
    void prototypesShareTheirStateAndLeakNoAdvisors() {
        this.runner.withUserConfiguration(Prototypes.class).run(context -> {
            List<Object> advisors = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                advisors.addAll(Arrays.asList(((Advised) context.getBean(Prices.class)).getAdvisors()));
            }

            assertThat(advisors).hasSize(100);
            assertThat(advisors).allMatch(advisor -> advisor == advisors.get(0));
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototypes {
        @Bean
        @Scope("prototype")
        Prices prices() {
            return new Prices();
        }
    }

    @Test
    void twoBeansOfOneClassHaveAStateEach() {
        this.runner
                .withBean("one", Prices.class)
                .withBean("other", Prices.class)
                .run(context -> {
                    Object one = ((Advised) context.getBean("one")).getAdvisors()[0];
                    Object other = ((Advised) context.getBean("other")).getAdvisors()[0];

                    assertThat(one).isInstanceOf(SettleAdvisor.class).isNotSameAs(other);
                });
    }

    @Test
    void aScopedBeanIsAdvisedOnce() {
        this.runner.withUserConfiguration(Scoped.class).run(context -> {
            AtomicInteger attempts = Prices.ATTEMPTS;
            Prices prices = context.getBean("prices", Prices.class);

            assertThat(prices.find("EUR")).isEqualTo("EUR 7.30");

            assertThat(attempts).hasValue(3);
            assertThat(settleAdvisors(prices)).as("the proxy of the scope").isZero();
            assertThat(settleAdvisors(context.getBean("scopedTarget.prices"))).isOne();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {

        @Bean
        static CustomScopeConfigurer threadScope() {
            CustomScopeConfigurer scopes = new CustomScopeConfigurer();
            scopes.addScope("thread", new SimpleThreadScope());
            return scopes;
        }

        @Bean
        @Scope(value = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
        Prices prices() {
            return new Prices();
        }
    }

    /** A rule that needs beans which have policies themselves, and those need rules, and so on. */
    static class Cascade {

        static class Rule1 extends Rule<Bean2> {}

        static class Rule2 extends Rule<Bean3> {}

        static class Rule3 extends Rule<Bean4> {}

        static class Rule<T> implements Predicate<Throwable> {

            @Autowired
            T needed;

            @Override
            public boolean test(Throwable failure) {
                return this.needed != null;
            }
        }

        static class Bean1 {
            @Retry(predicate = Rule1.class, delay = "0s", maxRetries = 1)
            public CompletableFuture<String> find() {
                return CompletableFuture.failedFuture(new IllegalStateException("reset"));
            }
        }

        static class Bean2 {
            @Retry(predicate = Rule2.class)
            public void find() {}
        }

        static class Bean3 {
            @Retry(predicate = Rule3.class)
            public void find() {}
        }

        static class Bean4 {
            @Retry
            public void find() {}
        }
    }

    @Test
    void aRuleMayNeedABeanThatHasPoliciesItself() {
        this.runner
                .withBean(Cascade.Bean1.class)
                .withBean(Cascade.Bean2.class)
                .withBean(Cascade.Bean3.class)
                .withBean(Cascade.Bean4.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aRuleMayNeedManyBeansThatHavePoliciesThemselves() {
        ApplicationContextRunner many = this.runner.withBean("first", NeedsAll.class);
        for (int i = 0; i < 200; i++) {
            many = many.withBean("prices" + i, Prices.class);
        }

        many.run(context -> assertThat(context).hasNotFailed());
    }

    static class NeedsAll {
        @Retry(predicate = All.class)
        public void find() {}
    }

    static class All implements Predicate<Throwable> {

        All(List<Prices> all) {}

        @Override
        public boolean test(Throwable failure) {
            return true;
        }
    }
}
