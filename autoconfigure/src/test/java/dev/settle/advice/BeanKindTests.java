package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** However a bean is declared, asked for and called, its policies are at work. */
class BeanKindTests {

    private final ApplicationContextRunner runner = Startup.runner();

    /** For calls that do not end by themselves. */
    private final ApplicationContextRunner virtual = Startup.runner(new VirtualTime());

    /** Succeeds at the third attempt. */
    static class Prices {

        private final AtomicInteger attempts = new AtomicInteger();

        @Retry(maxRetries = 2, delay = "0s")
        int packagePrivate() {
            return third();
        }

        @Retry(maxRetries = 2, delay = "0s")
        protected int isProtected() {
            return third();
        }

        final int third() {
            int attempt = this.attempts.incrementAndGet();
            if (attempt < 3) {
                throw new IllegalStateException("refused");
            }
            return attempt;
        }
    }

    static class OpenPrices extends Prices {

        @Retry(maxRetries = 2, delay = "0s")
        public int find() {
            return third();
        }
    }

    @Test
    void aPackagePrivateMethodIsAdvised() {
        this.runner
                .withBean(Prices.class)
                .run(context -> assertThat(context.getBean(Prices.class).packagePrivate())
                        .isEqualTo(3));
    }

    @Test
    void aProtectedMethodIsAdvised() {
        this.runner
                .withBean(Prices.class)
                .run(context ->
                        assertThat(context.getBean(Prices.class).isProtected()).isEqualTo(3));
    }

    @Test
    void anInheritedMethodIsAdvised() {
        this.runner.withBean(OpenPrices.class).run(context -> {
            assertThat(context.getBean(OpenPrices.class).isProtected()).isEqualTo(3);
        });
    }

    interface Finder {

        int find();
    }

    static class FinderPrices extends Prices implements Finder {

        @Override
        @Retry(maxRetries = 2, delay = "0s")
        public int find() {
            return third();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class DeclaredAsInterface {

        @Bean
        Finder finder() {
            return new FinderPrices();
        }
    }

    @Test
    void aBeanThatIsDeclaredByItsInterfaceIsAdvised() {
        this.runner
                .withUserConfiguration(DeclaredAsInterface.class)
                .run(context -> assertThat(context.getBean(Finder.class).find()).isEqualTo(3));
    }

    @Aspect
    static class Watching {

        final AtomicInteger seen = new AtomicInteger();

        @Before("execution(* dev.settle.advice.BeanKindTests.Finder.find())")
        public void count() {
            this.seen.incrementAndGet();
        }
    }

    @Test
    void aBeanThatSpringProxiesByItsInterfacesIsAdvisedBehindThem() {
        this.runner
                .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class))
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .withBean(Watching.class)
                .withBean("finder", FinderPrices.class)
                .run(context -> {
                    Finder finder = context.getBean(Finder.class);

                    assertThat(AopUtils.isJdkDynamicProxy(finder)).isTrue();
                    assertThat(finder.find()).isEqualTo(3);
                    assertThat(context.getBean(Watching.class).seen).hasValue(3);
                });
    }

    @Configuration
    static class Configured {

        private final AtomicInteger attempts = new AtomicInteger();

        @Bean
        AtomicInteger single() {
            return new AtomicInteger();
        }

        @Retry(maxRetries = 2, delay = "0s")
        public AtomicInteger find() {
            if (this.attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("refused");
            }
            return single();
        }
    }

    @Test
    void aMethodOfAConfigurationIsAdvised() {
        this.runner
                .withUserConfiguration(Configured.class)
                .run(context -> assertThat(context.getBean(Configured.class).find())
                        .as("its bean methods still give the one bean")
                        .isSameAs(context.getBean(AtomicInteger.class)));
    }

    static class Slow {

        @Bulkhead(value = 1, maxWait = "0s")
        public CompletableFuture<String> find() {
            return new CompletableFuture<>();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Two {

        @Bean
        @Primary
        Slow first() {
            return new Slow();
        }

        @Bean
        Slow second() {
            return new Slow();
        }
    }

    static class Both {

        final Slow primary;
        final Slow qualified;

        Both(Slow primary, @Qualifier("second") Slow qualified) {
            this.primary = primary;
            this.qualified = qualified;
        }
    }

    @Test
    void twoBeansOfOneClassDoNotTakeEachOthersPermits() {
        this.virtual.withUserConfiguration(Two.class).withBean(Both.class).run(context -> {
            Both both = context.getBean(Both.class);

            assertThat(both.primary.find()).isNotDone();
            assertThat(both.qualified.find()).isNotDone();
            assertThat(Results.failure(both.primary.find())).hasMessageContaining("first.find");
            assertThat(Results.failure(both.qualified.find())).hasMessageContaining("second.find");
        });
    }

    @Test
    void twoBeansOfOneClassShareTheClassOfTheirProxies() {
        this.runner
                .withUserConfiguration(Two.class)
                .run(context -> assertThat(context.getBean("first"))
                        .isExactlyInstanceOf(context.getBean("second").getClass()));
    }
}
