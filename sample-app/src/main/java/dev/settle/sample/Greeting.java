package dev.settle.sample;

import dev.settle.sample.upstream.Upstream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says where to look. */
@Component
final class Greeting {

    private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

    private final Environment environment;
    private final Upstream upstream;

    Greeting(Environment environment, Upstream upstream) {
        this.environment = environment;
        this.upstream = upstream;
    }

    @EventListener(ApplicationReadyEvent.class)
    void greet() {
        LOG.info(
                "The desk is open: http://localhost:{} (its providers: {}/stats)",
                this.environment.getRequiredProperty("local.server.port"),
                this.upstream.uri());
    }
}
