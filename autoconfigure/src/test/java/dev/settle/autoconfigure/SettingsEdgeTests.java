package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.plan.PlanRegistry;
import dev.settle.plan.SettingValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Properties at the edge of what is ours: empty ones, those of others, several spellings, rules that are none. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsEdgeTests {

    private final ApplicationContextRunner app = Startup.runner().withBean("prices", Prices.class);

    static class Prices {

        @Retry
        @Timeout("1s")
        public String find() {
            return "7.30";
        }
    }

    private static Object retries(PlanRegistry registry) {
        return registry.named("prices.find").get(0).policies().get(0).values().stream()
                .filter(value -> value.property().equals("maxRetries"))
                .map(SettingValue::value)
                .findFirst()
                .orElseThrow();
    }

    private static void retriesAre(ApplicationContextRunner runner, int expected) {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(retries(context.getBean(PlanRegistry.class))).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settle.policies:",
                "settle.policies.prices.find:",
                "settle.policies.prices.find.retry:",
                "settle.defaults:",
                "settle.defaults.retry:"
            })
    void aSectionWhoseLinesAreCommentedOutSaysNothing(String section) {
        retriesAre(Sources.yaml(this.app, section + "\n#  max-retries: 5"), 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SETTLE_POLICIES_DIR", "SETTLE_POLICIES_SERVICE_HOST", "SETTLE_POLICIES_PORT_80_TCP_ADDR"})
    void aVariableOfAnotherProgramIsPassedOver(String variable, CapturedOutput output) {
        retriesAre(Sources.variable(this.app, variable, "10.0.0.1"), 3);

        assertThat(output).contains("passed over");
    }

    @Test
    void onePropertyInTwoSpellingsIsOne() {
        retriesAre(
                Sources.properties(
                        this.app,
                        "settle.policies.prices.find.retry.max-retries=5\nsettle.policies.prices.find.retry.maxRetries=5"),
                5);
    }

    @Test
    void whatFollowsAKnownPolicyIsNamedAsItsSetting() {
        FailureAnalysis analysis =
                Startup.analysis(this.app.withPropertyValues("settle.policies.prices.find.retry.max.retrys=5"));

        assertThat(analysis.getDescription()).contains("there is no setting of 'retry' of that name");
        assertThat(analysis.getAction()).contains("Did you mean max-retries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"numbers", "java.lang.String"})
    void aRuleThatIsNoneIsNamed(String rule) {
        FailureAnalysis analysis = Startup.analysis(this.app
                .withBean("numbers", ArrayList.class)
                .withPropertyValues("settle.policies.prices.find.retry.predicate=" + rule));

        assertThat(analysis.getDescription()).contains(rule + " is no java.util.function.Predicate");
    }

    @Test
    void aDurationThatNoMethodUsesIsReadToo() {
        FailureAnalysis analysis =
                Startup.analysis(Startup.runner().withPropertyValues("settle.defaults.throttle.max-wait=soon"));

        assertThat(analysis.getDescription()).contains("settle.defaults.throttle.max-wait", "\"soon\" is no duration");
    }

    @Test
    void aPolicyThatIsOnlyPossibleIsNotShown() {
        this.app.run(context -> assertThat(context.getBean(PlanRegistry.class).plans())
                .singleElement()
                .satisfies(plan -> assertThat(List.copyOf(plan.policies())).hasSize(2)));
    }
}
