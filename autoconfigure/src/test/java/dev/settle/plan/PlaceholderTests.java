package dev.settle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.annotation.Retry;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.Startup;
import dev.settle.core.Provider;
import dev.settle.test.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Durations are texts, with placeholders filled in when the bean is created. */
class PlaceholderTests {

    private final VirtualTime time = new VirtualTime();
    private final Provider provider = new Provider(this.time).thenFails();

    static class Prices {

        private final Provider provider;

        Prices(Provider provider) {
            this.provider = provider;
        }

        @Retry(maxRetries = 1, delay = "${the.delay:200ms}", jitter = Retry.Jitter.NONE)
        @Timeout("${the.limit:PT1M}")
        public CompletableFuture<String> find() throws Exception {
            return this.provider.start();
        }
    }

    private Duration delay(String... properties) {
        Startup.runner(this.time)
                .withBean("prices", Prices.class, () -> new Prices(this.provider))
                .withPropertyValues(properties)
                .run(context -> {
                    context.getBean(Prices.class).find();
                    this.time.advance(Duration.ofMinutes(1));
                });
        assertThat(this.provider.attempts()).isEqualTo(2);
        return this.provider.startedAt().get(1);
    }

    @Test
    void withoutAPropertyTheDefaultHolds() {
        assertThat(delay()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void theValueOfThePropertyHolds() {
        assertThat(delay("the.delay=3s")).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aPropertyMayNameAnother() {
        assertThat(delay("the.delay=${other.delay}", "other.delay=PT4S")).isEqualTo(Duration.ofSeconds(4));
    }
}
