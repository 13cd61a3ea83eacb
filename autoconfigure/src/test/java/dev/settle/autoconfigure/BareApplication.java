package dev.settle.autoconfigure;

import dev.settle.annotation.Bulkhead;
import dev.settle.annotation.Debounce;
import dev.settle.annotation.Exclusive;
import dev.settle.annotation.Retry;
import dev.settle.annotation.Throttle;
import dev.settle.annotation.Timeout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** An application that is run with nothing but its own class path, makes its calls and says what came of them. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(BareApplication.Prices.class)
public class BareApplication {

    /** All six policies, for a value and for a future; the first attempt of each fails. */
    public static class Prices {

        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicInteger attemptsNow = new AtomicInteger();

        @Debounce("1ms")
        @Timeout(value = "1m", scope = Timeout.Scope.TOTAL)
        @Retry(maxRetries = 1, delay = "1ms")
        @Throttle(limit = 100)
        @Timeout("1m")
        @Exclusive(key = "#id")
        @Bulkhead(2)
        public CompletableFuture<String> find(String id) {
            int attempt = this.attempts.incrementAndGet();
            return (attempt == 1)
                    ? CompletableFuture.failedFuture(new IllegalStateException("reset"))
                    : CompletableFuture.completedFuture(id + " on attempt " + attempt);
        }

        @Debounce("1ms")
        @Timeout(value = "1m", scope = Timeout.Scope.TOTAL)
        @Retry(maxRetries = 1, delay = "1ms")
        @Throttle(limit = 100)
        @Timeout("1m")
        @Exclusive(key = "#id")
        @Bulkhead(2)
        public String findNow(String id) {
            int attempt = this.attemptsNow.incrementAndGet();
            if (attempt == 1) {
                throw new IllegalStateException("reset");
            }
            return id + " on attempt " + attempt;
        }
    }

    /** What the calls give. */
    static String calls(ApplicationContext context) throws Exception {
        Prices prices = context.getBean(Prices.class);
        return prices.findNow("value") + ", " + prices.find("future").get(60, TimeUnit.SECONDS);
    }

    /**
     * Starts it.
     *
     * @param absent classes that must not be there
     */
    public static void main(String... absent) throws Exception {
        for (String name : absent) {
            checkAbsent(name);
        }
        SpringApplication application = new SpringApplication(BareApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run()) {
            System.out.println(calls(context));
        }
    }

    private static void checkAbsent(String name) {
        try {
            Class.forName(name);
            throw new IllegalStateException(name + " is on the class path");
        } catch (ClassNotFoundException ex) {
            System.out.println("Without " + name);
        }
    }
}
