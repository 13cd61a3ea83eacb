package dev.settle.lifecycle;

import static dev.settle.lifecycle.Apps.controller;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Settle's own limits come first: Spring has nothing to say of it. */
@ExtendWith(OutputCaptureExtension.class)
class SpringsLogTests {

    private static final String SPRING_GIVES_UP = "still running";

    private final ApplicationContextRunner app = springWaits("5s");

    private static ApplicationContextRunner springWaits(String time) {
        return Apps.plain().withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=" + time);
    }

    @Test
    void springGivesUpOnForeignBeansThatHang(CapturedOutput output) {
        Journal journal = new Journal();
        CompletableFuture<Void> never = new CompletableFuture<>();

        springWaits("200ms")
                .withBean(ForeignBean.class, () -> new ForeignBean("foreign", 100, journal, never))
                .run(context -> context.close());

        assertThat(output).contains(SPRING_GIVES_UP);
    }

    @Test
    void springDoesNotGiveUpOnHungCleanups(CapturedOutput output) {
        this.app.run(context -> {
            controller(context).phase(100).onAbort("hung", event -> new CompletableFuture<>());
            context.close();
        });

        assertThat(output).contains("Gave up on 'hung'").doesNotContain(SPRING_GIVES_UP);
    }

    @Test
    void springDoesNotGiveUpOnCleanupsThatIgnoreTheirInterrupt(CapturedOutput output) {
        CountDownLatch release = new CountDownLatch(1);
        this.app.withPropertyValues("settle.shutdown.phase-timeouts.100=300ms").run(context -> {
            controller(context).phase(100).onAbort("stubborn", event -> {
                while (release.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return null;
            });
            context.close();
            release.countDown();
        });

        assertThat(output).contains("Gave up on 'stubborn'").doesNotContain(SPRING_GIVES_UP);
    }

    @Test
    void springDoesNotGiveUpOnCallsThatHang(CapturedOutput output) {
        this.app
                .withBean(Courier.class)
                .withPropertyValues("settle.shutdown.phase-timeouts." + AbortPhases.WEB_DRAIN + "=500ms")
                .run(context -> {
                    CompletableFuture<String> call =
                            context.getBean(Courier.class).deliver(CompletableFuture::new);
                    context.close();
                    Waits.failure(call);
                });

        assertThat(output).contains("calls in flight").doesNotContain(SPRING_GIVES_UP);
    }
}
