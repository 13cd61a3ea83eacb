package dev.settle.actuate;

import dev.settle.abort.AbortReason;
import dev.settle.abort.AsyncAbortController;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** A test that leaves calls in flight is not to wait for them. */
final class GiveUpAtClose implements ApplicationListener<ContextClosedEvent> {

    private final AsyncAbortController controller;

    GiveUpAtClose(AsyncAbortController controller) {
        this.controller = controller;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        this.controller.inFlight().forEach(work -> work.abort(AbortReason.shutdown("the test is over")));
    }
}
