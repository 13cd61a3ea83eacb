package dev.settle.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.autoconfigure.Startup;
import dev.settle.docs.WeavingExamples.Importer;
import dev.settle.docs.WeavingExamples.Upload;
import dev.settle.test.VirtualTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/weaving.md says of its code. */
@Tag("woven")
class WeavingExamplesWovenTests {

    @Test
    void eachLineIsTriedAgain() {
        AtomicInteger reads = new AtomicInteger();
        Importer importer = new Importer(line -> {
            if (reads.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("not yet");
            }
            return line;
        });
        Startup.runner()
                .withPropertyValues("settle.mode=aspectj")
                .withBean(Importer.class, () -> importer)
                .run(context -> {
                    assertThat(context.getBean(Importer.class).importAll(List.of("one", "two")))
                            .isEqualTo(2);
                    assertThat(reads).hasValue(4);
                });
    }

    @Test
    void allUploadsShareTwoPermits() {
        HandClient client = new HandClient();
        Startup.runner(new VirtualTime())
                .withPropertyValues("settle.mode=aspectj")
                .run(context -> {
                    new Upload(client).send("a");
                    new Upload(client).send("b");
                    new Upload(client).send("c");
                    assertThat(client.requests).containsExactly("a", "b");

                    client.reply(0, "ok");
                    assertThat(client.requests).containsExactly("a", "b", "c");
                });
    }
}
