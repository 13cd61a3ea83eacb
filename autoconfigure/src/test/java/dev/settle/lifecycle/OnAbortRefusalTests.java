package dev.settle.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.settle.annotation.OnAbort;
import dev.settle.annotation.Retry;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.Ordered;

/** Methods that cannot be cleanups stop the application, which says what to change. */
class OnAbortRefusalTests {

    private final ApplicationContextRunner app = Apps.plain();

    private void assertRefused(Class<?> type, String problem, String action) {
        assertRefused(this.app.withUserConfiguration(type), type, problem, action);
    }

    private static void assertRefused(ApplicationContextRunner app, Class<?> type, String problem, String action) {
        app.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .isInstanceOfSatisfying(InvalidCleanupException.class, refused -> {
                    assertThat(refused)
                            .hasMessageContaining("@OnAbort method " + type.getName() + ".cleanUp of bean '")
                            .hasMessageContaining(problem);
                    assertThat(refused.action()).contains(action);
                }));
    }

    @Test
    void parameterOfAnotherType() {
        assertRefused(
                WithParameter.class,
                "nothing is known to pass for its parameter of type java.lang.String",
                "an AbortEvent, an AbortSignal or an AbortReason");
    }

    @Test
    void timeoutThatIsNoDuration() {
        assertRefused(NoDuration.class, "the timeout \"soon\" is no positive duration", "\"300ms\" or \"2s\"");
    }

    @Test
    void timeoutOfZero() {
        assertRefused(NoTime.class, "the timeout \"0s\" is no positive duration", "\"300ms\" or \"2s\"");
    }

    @Test
    void negativeTimeout() {
        assertRefused(NegativeTime.class, "the timeout \"-1s\" is no positive duration", "\"300ms\" or \"2s\"");
    }

    @Test
    void timeoutOfAPropertyThatIsNoDuration() {
        assertRefused(
                this.app.withPropertyValues("bye=later").withUserConfiguration(TimeOfProperty.class),
                TimeOfProperty.class,
                "the timeout \"later\" is no positive duration",
                "\"300ms\" or \"2s\"");
    }

    @Test
    void negativePriority() {
        assertRefused(NegativePriority.class, "the priority -1 is negative", "from 0 to 100");
    }

    @Test
    void priorityThatWouldMakeAnyNumberOfGroups() {
        assertRefused(HugePriority.class, "the priority 2147483647 is above 100", "a lower phase");
    }

    @Test
    void prototype() {
        this.app
                .withUserConfiguration(Prototype.class)
                .run(context -> assertThatExceptionOfType(Exception.class)
                        .isThrownBy(() -> context.getBean(Prototype.class))
                        .havingRootCause()
                        .isInstanceOf(InvalidCleanupException.class)
                        .withMessageContaining("the bean is no singleton"));
    }

    @Test
    void targetOfAScopedProxy() {
        this.app
                .withUserConfiguration(ScopedTarget.class)
                .run(context -> assertThatExceptionOfType(Exception.class)
                        .isThrownBy(() -> context.getBean(ScopedTarget.class).cleanUp())
                        .havingRootCause()
                        .isInstanceOf(InvalidCleanupException.class)
                        .withMessageContaining("the bean is no singleton"));
    }

    @Test
    void privateMethodOfAProxiedBean() {
        assertRefused(
                PrivateOfProxied.class, "it cannot be called through the bean's proxy", "neither private nor final");
    }

    @Test
    void finalMethodOfAProxiedBean() {
        assertRefused(
                FinalOfProxied.class, "it cannot be called through the bean's proxy", "neither private nor final");
    }

    @Test
    void methodThatTheInterfacesOfAProxyDoNotHave() {
        assertRefused(
                this.app.withUserConfiguration(BehindInterface.class).withBean(InterfaceProxies.class),
                BehindInterface.class,
                "it cannot be called through the bean's proxy",
                "a method of an interface");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void applicationThatDoesNotStartSaysWhatToChange(CapturedOutput output) {
        SpringApplication application = new SpringApplicationBuilder(Application.class, NoTime.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .build();

        assertThatExceptionOfType(Exception.class).isThrownBy(application::run);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("the timeout \"0s\" is no positive duration")
                .contains("Action:")
                .contains("Write a number and a unit, as in \"300ms\" or \"2s\".");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(SettleAutoConfiguration.class)
    static class Application {}

    static class WithParameter {

        @OnAbort
        void cleanUp(String reason) {}
    }

    static class NoDuration {

        @OnAbort(timeout = "soon")
        void cleanUp() {}
    }

    static class NoTime {

        @OnAbort(timeout = "0s")
        void cleanUp() {}
    }

    static class NegativeTime {

        @OnAbort(timeout = "-1s")
        void cleanUp() {}
    }

    static class TimeOfProperty {

        @OnAbort(timeout = "${bye}")
        void cleanUp() {}
    }

    static class NegativePriority {

        @OnAbort(priority = -1)
        void cleanUp() {}
    }

    static class HugePriority {

        @OnAbort(priority = Ordered.LOWEST_PRECEDENCE)
        void cleanUp() {}
    }

    @Scope("prototype")
    static class Prototype {

        @OnAbort
        void cleanUp() {}
    }

    @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class ScopedTarget {

        @OnAbort
        void cleanUp() {}
    }

    static class PrivateOfProxied {

        @OnAbort
        private void cleanUp() {}

        @Retry
        void work() {}
    }

    static class FinalOfProxied {

        @OnAbort
        final void cleanUp() {}

        @Retry
        void work() {}
    }

    interface Door {}

    static class BehindInterface implements Door {

        @OnAbort
        void cleanUp() {}
    }

    /** As {@code spring.aop.proxy-target-class=false} makes them. */
    static class InterfaceProxies implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return (bean instanceof Door) ? new ProxyFactory(bean).getProxy() : bean;
        }
    }
}
