package dev.settle.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

/** The constants say where they are in an order that others define. */
class AbortPhasesTests {

    private static final int REQUESTS_FINISH = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    private static final int SERVER_STOPS = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE;
    private static final int EXECUTORS_STOP = ExecutorConfigurationSupport.DEFAULT_PHASE;

    @Test
    void intakeStopsWhileTheWebServerTakesRequests() {
        assertThat(AbortPhases.BEFORE_WEB_DRAIN)
                .isGreaterThan(REQUESTS_FINISH)
                .isLessThan(SmartLifecycle.DEFAULT_PHASE);
    }

    @Test
    void callsAreWaitedForTogetherWithTheRequests() {
        assertThat(AbortPhases.WEB_DRAIN).isEqualTo(REQUESTS_FINISH);
    }

    @Test
    void gateIsClosedBeforeTheWebServerStops() {
        assertThat(AbortPhases.WEB_DRAIN - 1).isGreaterThan(SERVER_STOPS);
    }

    @Test
    void afterWebStopIsJustBelowTheWebServer() {
        assertThat(AbortPhases.AFTER_WEB_STOP).isEqualTo(SERVER_STOPS - 1).isGreaterThan(EXECUTORS_STOP);
    }

    @Test
    void afterExecutorsIsJustBelowThem() {
        assertThat(AbortPhases.AFTER_EXECUTORS).isEqualTo(EXECUTORS_STOP - 1);
    }

    @Test
    void defaultIsThatOfBeansWithoutAPhase() {
        assertThat(AbortPhases.DEFAULT).isZero();
    }

    @Test
    void nothingComesAfterTheLast() {
        assertThat(AbortPhases.LAST).isEqualTo(Integer.MIN_VALUE);
    }
}
