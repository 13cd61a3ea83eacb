package dev.settle.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import dev.settle.abort.Registration;
import dev.settle.core.HandWork;
import dev.settle.core.Results;
import dev.settle.test.VirtualTime;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What is measured of aborts, and of the signals that live as long as the application. */
class AbortMetersTests {

    private final HandWork work = new HandWork();

    private void with(BiConsumer<AsyncAbortController, MeterRegistry> test) {
        MeteredApp.runner(new VirtualTime(), this.work)
                .run(context ->
                        test.accept(context.getBean(AsyncAbortController.class), context.getBean(MeterRegistry.class)));
    }

    private static long listeners(MeterRegistry registry) {
        return (long) registry.get(SettleMeters.SIGNAL_LISTENERS).gauge().value();
    }

    @Test
    void eachCleanupIsCountedUnderItsPhaseAndOutcome() {
        with((controller, registry) -> {
            controller.phase(7).onAbort("orders", event -> null);
            controller.phase(7).onAbort("stock", event -> {
                throw new IllegalStateException("a cleanup that fails: this is expected");
            });
            controller.phase(7).nextGroup("later").onAbort("outbox", event -> null);

            settled(controller.abortAsync(AbortReason.application("enough")));

            assertThat(Meters.counted(registry))
                    .containsEntry("settle.abort completed 7", 2L)
                    .containsEntry("settle.abort failed 7", 1L);
        });
    }

    private static void settled(CompletableFuture<?> settlement) {
        try {
            Results.await(settlement);
        } catch (Exception ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void phasesThatAreThereAtTheStartHaveTheirZeros() {
        with((controller, registry) -> controller
                .openPhases()
                .forEach(phase -> assertThat(Meters.all(registry))
                        .containsEntry("settle.abort completed " + phase, 0L)
                        .containsEntry("settle.abort failed " + phase, 0L)
                        .containsEntry("settle.abort late " + phase, 0L)
                        .containsEntry("settle.abort removed " + phase, 0L)
                        .containsEntry("settle.abort timed_out " + phase, 0L)));
    }

    @Test
    void listenersOnLongLivedSignalsAreCounted() {
        with((controller, registry) -> {
            long before = listeners(registry);

            Registration one = controller.shutdownRequested().onAbort(reason -> {});
            Registration other = controller.phase(7).signal().onAbort(reason -> {});
            assertThat(listeners(registry)).isEqualTo(before + 2);
            one.remove();
            other.remove();

            assertThat(listeners(registry)).isEqualTo(before);
        });
    }

    @Test
    void applicationStartsThoughAFilterThrows() {
        SimpleMeterRegistry broken = new SimpleMeterRegistry();
        broken.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().startsWith("settle.abort")) {
                    throw new IllegalStateException("a broken filter: this is expected");
                }
                return id;
            }
        });
        MeteredApp.runner(new VirtualTime(), this.work)
                .withBean("broken", MeterRegistry.class, () -> broken, definition -> definition.setPrimary(true))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(MeteredApp.Shop.class).limited("one"))
                            .isCompletedWithValue("one");
                });
    }

    @Test
    void everyMeterSaysWhatItIs() {
        with((controller, registry) -> assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank()));
    }

    @Test
    void aCallThatWaitsListensUntilItHasLeft() {
        MeteredApp.runner(new VirtualTime(), this.work).run(context -> {
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            MeteredApp.Shop shop = context.getBean(MeteredApp.Shop.class);
            CompletableFuture<String> holds = shop.book("holds");
            long before = listeners(registry);

            CompletableFuture<String> waits = shop.book("waits");
            assertThat(listeners(registry)).isEqualTo(before + 1);
            waits.cancel(true);

            assertThat(listeners(registry)).isEqualTo(before);
            holds.cancel(true);
        });
    }
}
