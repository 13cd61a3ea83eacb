package dev.settle.test;

import dev.settle.time.TimeSource;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * When the context closes, nobody moves its time any more: then it goes by itself, a hundred times as fast as the system's:
 * a shutdown that waits for something must not wait for ever, nor for its whole grace.
 */
final class VirtualTimeAtClose implements ApplicationListener<ContextClosedEvent>, DisposableBean, Ordered {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration STEP = PAUSE.multipliedBy(100);

    private final VirtualTime time;
    private final ApplicationContext context;
    private volatile boolean over;

    VirtualTimeAtClose(VirtualTime time, ApplicationContext context) {
        this.time = time;
        this.context = context;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        // That of a child context comes here, too.
        if (event.getApplicationContext() == this.context) {
            step();
        }
    }

    private void step() {
        TimeSource.system().schedule(PAUSE.toNanos(), () -> {
            if (!this.over) {
                step();
                this.time.advance(STEP);
            }
        });
    }

    @Override
    public void destroy() {
        this.over = true;
    }

    /** Before whoever waits at the close. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
