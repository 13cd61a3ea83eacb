package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import dev.settle.test.VirtualTime;
import dev.settle.time.TimeSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/** How applications with Settle start, or say why they do not. */
public final class Startup {

    private Startup() {}

    public static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(SettleAutoConfiguration.class, SettleClusterAutoConfiguration.class));
    }

    /** Virtual time, in which no grace ever ends: what is still in flight at the close is given up at once. */
    public static ApplicationContextRunner runner(VirtualTime time) {
        return runner().withBean(TimeSource.class, () -> time).withBean(GiveUpAtClose.class);
    }

    static final class GiveUpAtClose implements ApplicationListener<ContextClosedEvent> {

        private final AsyncAbortController controller;

        GiveUpAtClose(AsyncAbortController controller) {
            this.controller = controller;
        }

        @Override
        public void onApplicationEvent(ContextClosedEvent event) {
            this.controller.inFlight().forEach(work -> work.abort(AbortReason.shutdown("the test is over")));
        }
    }

    /** What Boot would print: the analysis of the first registered analyzer that has one. */
    public static FailureAnalysis analysis(ApplicationContextRunner runner) {
        AtomicReference<FailureAnalysis> analysis = new AtomicReference<>();
        runner.run(context -> {
            assertThat(context).hasFailed();
            analysis.set(explained(context.getStartupFailure()));
        });
        return analysis.get();
    }

    private static FailureAnalysis explained(Throwable failure) {
        ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
                .and(Environment.class, new StandardEnvironment());
        List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation(
                        Startup.class.getClassLoader())
                .load(FailureAnalyzer.class, arguments, FailureHandler.handleMessage((message, ex) -> {}));
        return analyzers.stream()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody can explain it", failure));
    }
}
