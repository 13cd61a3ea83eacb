package dev.settle.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.Startup;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Proxy creators of the application's own come last of all, and put a proxy around the bean's. */
class ProxyCreatorTests {

    private final ApplicationContextRunner runner =
            Startup.runner().withBean("attempts", AtomicInteger.class).withUserConfiguration(Beans.class);

    interface Finder {

        int find();
    }

    /** Succeeds at the third attempt. */
    static class Prices implements Finder {

        private int attempts;

        @Override
        @Retry(maxRetries = 2, delay = "0s")
        public int find() {
            if (++this.attempts < 3) {
                throw new IllegalStateException("refused");
            }
            return this.attempts;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        Finder prices() {
            return new Prices();
        }

        @Bean
        MethodInterceptor counting(AtomicInteger attempts) {
            return invocation -> {
                attempts.incrementAndGet();
                return invocation.proceed();
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByName {

        @Bean
        static BeanNameAutoProxyCreator creator() {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setBeanNames("prices");
            creator.setInterceptorNames("counting");
            return creator;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByAdvisor {

        @Bean
        static DefaultAdvisorAutoProxyCreator creator() {
            return new DefaultAdvisorAutoProxyCreator();
        }

        @Bean
        static Advisor advisor(MethodInterceptor counting) {
            NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut().addMethodName("find");
            pointcut.setClassFilter(Finder.class::isAssignableFrom);
            return new DefaultPointcutAdvisor(pointcut, counting);
        }
    }

    private static void assertThatItsInterceptorRunsInEachAttempt(ApplicationContextRunner runner) {
        runner.run(context -> {
            assertThat(context.getBean(Finder.class).find()).isEqualTo(3);
            assertThat(context.getBean(AtomicInteger.class)).hasValue(3);
        });
    }

    @Test
    void theInterceptorsOfACreatorByNameRunInEachAttempt() {
        assertThatItsInterceptorRunsInEachAttempt(this.runner.withUserConfiguration(ByName.class));
    }

    @Test
    void theInterceptorsOfACreatorByAdvisorRunInEachAttempt() {
        assertThatItsInterceptorRunsInEachAttempt(this.runner.withUserConfiguration(ByAdvisor.class));
    }

    @Test
    void thePoliciesStayInsideWithALaterOrderOfTheirOwn() {
        this.runner
                .withUserConfiguration(ByName.class)
                .withPropertyValues("settle.advisor-order=2147483647")
                .run(context -> {
                    assertThat(context.getBean(Finder.class).find()).isEqualTo(3);
                    assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class CreatorForTheAlias {

        @Bean
        Finder alias(Finder prices) {
            return prices;
        }

        @Bean
        static BeanNameAutoProxyCreator creator() {
            BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
            creator.setBeanNames("alias");
            creator.setInterceptorNames("counting");
            return creator;
        }
    }

    @Test
    void aBeanKeepsItsPoliciesWhenAnotherNamePutsAProxyAroundIt() {
        this.runner.withUserConfiguration(CreatorForTheAlias.class).run(context -> {
            context.getBean("alias");

            Object bean = context.getBean("prices");
            assertThat(AdvisorOrder.outermost((Advised) bean)).isNotNull();
            assertThat(((Finder) bean).find()).isEqualTo(3);
            assertThat(context.getBean(AtomicInteger.class)).hasValue(0);
        });
    }
}
