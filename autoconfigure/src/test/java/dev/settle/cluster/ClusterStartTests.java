package dev.settle.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Scope;
import dev.settle.annotation.Throttle;
import dev.settle.autoconfigure.Startup;
import dev.settle.cluster.ClusterEngine.Capability;
import dev.settle.core.Results;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What stops an application that wants to share, and what does not. */
class ClusterStartTests {

    private final HandEngine engine = new HandEngine();
    private final ApplicationContextRunner app = Startup.runner();
    private final ApplicationContextRunner withEngine = this.app.withBean(ClusterEngine.class, () -> this.engine);

    static class Alone {
        @Exclusive(scope = Scope.CLUSTER)
        public void find() {}
    }

    static class Few {
        @Bulkhead(value = 5, scope = Scope.CLUSTER)
        public void find() {}
    }

    static class Paced {
        @Throttle(scope = Scope.CLUSTER)
        public void find() {}
    }

    static class Smooth {
        @Throttle(type = Throttle.Type.SMOOTH, scope = Scope.CLUSTER)
        public void find() {}
    }

    static class Local {
        @Exclusive(name = "find")
        public void find() {}
    }

    static Stream<Class<?>> shared() {
        return Stream.of(Alone.class, Few.class, Paced.class);
    }

    @ParameterizedTest
    @MethodSource("shared")
    void withoutAnEngineItDoesNotStart(Class<?> type) {
        FailureAnalysis analysis = Startup.analysis(this.app.withBean("prices", type));

        assertThat(analysis.getDescription())
                .startsWith("Bean 'prices', method " + type.getName() + ".find(")
                .contains("(scope)")
                .contains("no engine");
        assertThat(analysis.getAction())
                .contains("org.redisson:redisson")
                .contains("RedissonClient")
                .contains("spring.data.redis")
                .contains("LOCAL");
    }

    @ParameterizedTest
    @CsvSource({"exclusive, Alone, LOCK", "bulkhead, Few, PERMITS", "throttle, Paced, RATE"})
    void engineThatCannotDoItStopsTheStart(String policy, String type, Capability missing) throws Exception {
        this.engine.without(missing);

        FailureAnalysis analysis = Startup.analysis(
                this.withEngine.withBean("prices", Class.forName(ClusterStartTests.class.getName() + "$" + type)));

        assertThat(analysis.getDescription())
                .containsIgnoringCase("@" + policy + "(scope)")
                .contains("the engine cannot do what it takes (" + missing + ")");
        assertThat(analysis.getAction()).contains("LOCAL").contains("another engine");
    }

    @Test
    void smoothRateCannotBeShared() {
        FailureAnalysis analysis = Startup.analysis(this.withEngine.withBean(Smooth.class));

        assertThat(analysis.getDescription()).contains("@Throttle(type)").contains("one instance only");
        assertThat(analysis.getAction()).contains("SLIDING");
    }

    static class Sharing {
        @Throttle(excess = Throttle.Excess.SHARE, scope = Scope.CLUSTER)
        public void find() {}
    }

    @Test
    void runOfARateCannotBeSharedBetweenInstances() {
        FailureAnalysis analysis = Startup.analysis(this.withEngine.withBean(Sharing.class));

        assertThat(analysis.getDescription()).contains("@Throttle(excess)").contains("one instance only");
        assertThat(analysis.getAction()).containsIgnoringCase("WAIT or REJECT");
    }

    @Test
    void scopeMayBeSetInTheConfiguration() {
        FailureAnalysis analysis = Startup.analysis(
                this.app.withBean(Local.class).withPropertyValues("settle.policies.find.exclusive.scope=cluster"));

        assertThat(analysis.getDescription())
                .contains("settle.policies.find.exclusive.scope")
                .contains("no engine");
    }

    static final String[] BAD = {
        "lease-time=0s", "lease-time=-1s", "renewal=0s", "renewal=10s", "command-timeout=0s", "command-timeout=-5ms",
    };

    @ParameterizedTest
    @FieldSource("BAD")
    void settingThatCannotBeStopsTheStartAndNamesTheWayOut(String setting) {
        FailureAnalysis analysis =
                Startup.analysis(this.withEngine.withBean(Alone.class).withPropertyValues("settle.cluster." + setting));

        assertThat(analysis.getDescription()).contains("settle.cluster." + setting.replaceFirst("=.*", ""));
        assertThat(analysis.getAction()).matches("[A-Z].{5,}\\.");
    }

    @Test
    void applicationThatSharesNothingNeverMakesACluster() {
        this.withEngine.withBean(Local.class).run(context -> {
            assertThat(context.getSourceApplicationContext().getBeanFactory().containsSingleton("settleCluster"))
                    .isFalse();
            assertThat(this.engine.looks()).isZero();
        });
    }

    @Test
    void engineIsLookedForBeforeTheFirstCall() {
        this.withEngine.withBean(Alone.class).run(context -> Results.until(() -> this.engine.looks() == 1));
    }
}
