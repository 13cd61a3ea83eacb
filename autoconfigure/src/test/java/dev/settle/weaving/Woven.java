package dev.settle.weaving;

import dev.settle.autoconfigure.Startup;
import dev.settle.test.VirtualTime;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Applications in mode {@code aspectj}. The agent weaves the classes of tests that are tagged {@code woven}. */
final class Woven {

    private Woven() {}

    static ApplicationContextRunner runner() {
        return Startup.runner().withPropertyValues("settle.mode=aspectj");
    }

    static ApplicationContextRunner runner(VirtualTime time) {
        return Startup.runner(time).withPropertyValues("settle.mode=aspectj");
    }
}
