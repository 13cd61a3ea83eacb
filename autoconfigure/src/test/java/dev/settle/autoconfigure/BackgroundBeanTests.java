package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AsyncAbortController;
import dev.settle.core.Results;
import dev.settle.flow.Background;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class BackgroundBeanTests {

    private final ApplicationContextRunner app =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SettleAutoConfiguration.class));

    @Test
    void closeWaitsForWorkInTheBackground() {
        this.app.run(context -> {
            CompletableFuture<String> work = new CompletableFuture<>();
            context.getBean(Background.class).run("welcome mail", () -> work);
            CompletableFuture<Boolean> closed = new CompletableFuture<>();
            Thread closing = new Thread(() -> {
                context.getSourceApplicationContext().close();
                closed.complete(work.isDone());
            });
            closing.start();
            Results.until(context.getBean(AsyncAbortController.class).shutdownRequested()::aborted);
            assertThat(closed).isNotDone();

            work.complete("sent");

            assertThat(Results.await(closed)).isTrue();
        });
    }

    @Test
    void applicationMayHaveOneOfItsOwn() {
        Background own = Background.of(AsyncAbortController.create());

        this.app
                .withBean("own", Background.class, () -> own)
                .run(context -> assertThat(context).getBean(Background.class).isSameAs(own));
    }
}
