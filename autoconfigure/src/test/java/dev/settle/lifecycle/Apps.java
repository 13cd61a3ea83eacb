package dev.settle.lifecycle;

import dev.settle.abort.AsyncAbortController;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.time.TimeSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Applications to close. */
final class Apps {

    static {
        // Without an application there is no logging system, and Logback tells everything.
        LoggingSystem.get(Apps.class.getClassLoader()).setLogLevel("ROOT", LogLevel.INFO);
    }

    private Apps() {}

    /** Settle, Boot's lifecycle settings, and no more. */
    static ApplicationContextRunner plain() {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SettleAutoConfiguration.class, LifecycleAutoConfiguration.class));
    }

    /** The same, with a time that only the test moves. */
    static ApplicationContextRunner virtual(TimeSource time) {
        return plain().withBean(TimeSource.class, () -> time);
    }

    static AsyncAbortController controller(ApplicationContext context) {
        return context.getBean(AsyncAbortController.class);
    }
}
