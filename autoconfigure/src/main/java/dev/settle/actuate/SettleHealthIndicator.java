package dev.settle.actuate;

import dev.settle.abort.AsyncAbortController;
import dev.settle.plan.MethodPlan;
import dev.settle.plan.PlanRegistry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Out of service while the application is draining or stopping; else up, also when calls wait or are refused: that is what
 * policies are for, and no reason to take the instance away.
 */
public class SettleHealthIndicator implements HealthIndicator {

    private final AsyncAbortController controller;
    private final PlanRegistry registry;

    /** Creates the indicator. */
    public SettleHealthIndicator(AsyncAbortController controller, PlanRegistry registry) {
        this.controller = controller;
        this.registry = registry;
    }

    @Override
    public Health health() {
        boolean stopping = this.controller.shutdownRequested().aborted();
        boolean closed = this.controller.inFlight().closed();
        Health.Builder health = (stopping || closed) ? Health.outOfService() : Health.up();
        return health.withDetail("state", stopping ? "stopping" : closed ? "draining" : "open")
                .withDetail("inFlight", this.controller.inFlight().size())
                .withDetail("names", names())
                .build();
    }

    private long names() {
        return this.registry.plans().stream().map(MethodPlan::name).distinct().count();
    }
}
