package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.plan.Effective;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Settings that are lists of classes, in every form that lists have. */
class SettingListTests {

    private static final String BOTH = "java.io.IOException,java.lang.ArithmeticException";

    private final ApplicationContextRunner app = Startup.runner().withBean("prices", Prices.class);

    static class Prices {

        @Retry(includes = ClassCastException.class)
        public String find() {
            return "7.30";
        }
    }

    private static void includes(ApplicationContextRunner runner, String types) {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(Effective.policies(context, "prices.find", "retry", "includes"))
                    .singleElement()
                    .satisfies(planned ->
                            assertThat(Effective.inForce(planned, "includes")).isEqualTo(types));
        });
    }

    static Stream<String> yaml() {
        return Stream.of(
                "includes: java.io.IOException,java.lang.ArithmeticException",
                "includes: [java.io.IOException, java.lang.ArithmeticException]",
                """
                includes:
                    - java.io.IOException
                    - java.lang.ArithmeticException
                """);
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void inAYamlFile(String text) {
        includes(Sources.yaml(this.app, "settle.policies.prices.find.retry:\n  " + text), BOTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s=java.io.IOException, java.lang.ArithmeticException",
                "%s[0]=java.io.IOException\n%1$s[1]=java.lang.ArithmeticException",
                "%s[1]=java.lang.ArithmeticException\n%1$s[0]=java.io.IOException"
            })
    void inAPropertiesFile(String text) {
        includes(Sources.properties(this.app, text.formatted("settle.policies.prices.find.retry.includes")), BOTH);
    }

    @Test
    void moreThanTenKeepTheirOrder() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append("settle.policies.prices.find.retry.includes[%d]=%s%n"
                    .formatted(i, (i == 2) ? "java.io.IOException" : "java.lang.ArithmeticException"));
        }

        String ten = ",java.lang.ArithmeticException".repeat(9);
        includes(
                Sources.properties(this.app, text.toString()),
                "java.lang.ArithmeticException,java.lang.ArithmeticException,java.io.IOException" + ten);
    }

    @Test
    void asAnEnvironmentVariable() {
        includes(Sources.variable(this.app, "SETTLE_POLICIES_PRICES_FIND_RETRY_INCLUDES", BOTH), BOTH);
    }

    @Test
    void asAnEnvironmentVariableForOneElement() {
        includes(
                Sources.variable(this.app, "SETTLE_POLICIES_PRICES_FIND_RETRY_INCLUDES_0", "java.io.IOException"),
                "java.io.IOException");
    }

    @Test
    void shorterListThatCountsMoreIsNotFilledUp() {
        String two = "settle.policies.prices.find.retry.includes[0]=java.io.IOException\n"
                + "settle.policies.prices.find.retry.includes[1]=java.lang.ArithmeticException";
        String one = "settle.policies.prices.find.retry.includes: [java.lang.IllegalStateException]";

        includes(Sources.yaml(Sources.properties(this.app, two), one), "java.lang.IllegalStateException");
    }

    @Test
    void emptyListTakesAwayWhatTheAnnotationSays() {
        includes(Sources.properties(this.app, "settle.policies.prices.find.retry.includes="), "");
    }
}
