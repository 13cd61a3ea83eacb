package dev.settle.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.annotation.Timeout;
import dev.settle.autoconfigure.SettleAutoConfiguration;
import dev.settle.core.Results;
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

    @Test
    void callThatIsLeftIsWaitedForAndThenGivenUp() {
        ContextCustomizer customizer =
                new VirtualTimeContextCustomizerFactory().createContextCustomizer(Annotated.class, List.of());
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        customizer.customizeContext(context, null);
        context.register(SettleAutoConfiguration.class, Shop.class);
        context.refresh();
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
