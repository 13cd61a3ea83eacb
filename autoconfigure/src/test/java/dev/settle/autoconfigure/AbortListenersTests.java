package dev.settle.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.abort.AbortGroup;
import dev.settle.abort.AbortListener;
import dev.settle.abort.AbortReport;
import dev.settle.abort.AsyncAbortController;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Besides the log, the application's own listeners are told how its shutdown goes. */
class AbortListenersTests {

    private final List<String> told = new CopyOnWriteArrayList<>();

    private AbortListener listener(String own) {
        return new AbortListener() {
            @Override
            public void entrySettled(AbortGroup group, AbortReport.Entry entry) {
                AbortListenersTests.this.told.add(own + ": " + entry.name() + " of phase " + group.phase());
                if (own.equals("broken")) {
                    throw new IllegalStateException("a broken listener: this is expected");
                }
            }
        };
    }

    @Test
    void allAreToldAndOneThatThrowsDisturbsNobody() {
        Startup.runner()
                .withBean("broken", AbortListener.class, () -> listener("broken"))
                .withBean("other", AbortListener.class, () -> listener("other"))
                .run(context -> {
                    context.getBean(AsyncAbortController.class).phase(7).onAbort("orders", event -> null);
                    context.close();
                });

        assertThat(this.told).containsSubsequence("broken: orders of phase 7", "other: orders of phase 7");
    }
}
