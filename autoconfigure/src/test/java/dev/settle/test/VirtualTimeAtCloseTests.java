package dev.settle.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.core.Results;
import dev.settle.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.test.context.ContextCustomizer;

/** A context whose time nobody moves any more closes all the same. */
class VirtualTimeAtCloseTests {

    static class Shop {

        @Timeout("1h")
        public CompletableFuture<String> ask() {
            return new CompletableFuture<>();
        }
    }

    @WithVirtualTime
    static class Annotated {}

    private static AnnotationConfigApplicationContext inVirtualTime() {
        ContextCustomizer customizer =
                new VirtualTimeContextCustomizerFactory().createContextCustomizer(Annotated.class, List.of());
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        customizer.customizeContext(context, null);
        context.register(SettleAutoConfiguration.class, Shop.class);
        context.refresh();
        return context;
    }

    @Test
    void endOfAChildContextDoesNotMoveTheTime() throws Exception {
        try (AnnotationConfigApplicationContext context = inVirtualTime()) {
            VirtualTime time = context.getBean(VirtualTime.class);
            long before = time.nanoTime();
            AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext();
            child.setParent(context);
            child.refresh();

            child.close();

            // Five times as long as it would take.
            CompletableFuture<String> later = new CompletableFuture<>();
            TimeSource.system().schedule(Duration.ofMillis(50).toNanos(), () -> later.complete("later"));
            Results.await(later);
            assertThat(time.nanoTime()).isEqualTo(before);
        }
    }

    @Test
    void callThatIsLeftIsWaitedForAndThenGivenUp() {
        AnnotationConfigApplicationContext context = inVirtualTime();
        CompletableFuture<String> left = context.getBean(Shop.class).ask();

        context.close();

        assertThat(Results.failure(left)).isInstanceOf(AbortedException.class);
    }

    @Test
    void contextsOfTestsWithoutTheAnnotationAreLeftAlone() {
        assertThat(new VirtualTimeContextCustomizerFactory().createContextCustomizer(Object.class, List.of()))
                .isNull();
    }
}
