package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Settings that change nothing are told of, and the application starts. */
@ExtendWith(OutputCaptureExtension.class)
class UnusedSettingsTests {

    static class Prices {

        @Retry(name = "inventory")
        public String find() {
            return "7.30";
        }

        @Retry
        public String list() {
            return "all";
        }
    }

    private static void start(String... properties) {
        Startup.runner()
                .withBean("prices", Prices.class)
                .withPropertyValues(properties)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aNameThatNoMethodHasIsAWarningWithTheNearestNames(CapturedOutput output) {
        start("settle.policies.inventroy.retry.max-retries=5");

        assertThat(output)
                .contains("WARN")
                .contains("settle.policies.inventroy changes nothing")
                .contains("Did you mean inventory?");
    }

    @Test
    void aNameThatIsFarFromAllShowsWhichThereAre(CapturedOutput output) {
        start("settle.policies.shipping.retry.max-retries=5");

        assertThat(output).contains("There are: inventory, prices.list.");
    }

    @Test
    void aPolicyThatNoMethodOfTheNameHasIsAWarning(CapturedOutput output) {
        start("settle.policies.inventory.bulkhead.value=5");

        assertThat(output).contains("settle.policies.inventory.bulkhead changes nothing");
    }

    @Test
    void whatIsUsedIsNotToldOf(CapturedOutput output) {
        start("settle.policies.inventory.retry.max-retries=5", "settle.policies.prices.list.retry.delay=1s");

        assertThat(output).doesNotContain("changes nothing");
    }
}
