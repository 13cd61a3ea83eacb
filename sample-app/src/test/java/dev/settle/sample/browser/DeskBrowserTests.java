package dev.settle.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.sample.Desk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visitor plays with the desk, and sees in the lanes what comes of it. */
@NeedsBrowser
class DeskBrowserTests {

    private static Desk desk;
    private static Browser browser;
    private static Pages pages;

    @BeforeAll
    static void open(@TempDir Path data) {
        // A slow machine pauses between two keys for longer than people do.
        desk = Desk.open(
                data, "settle.policies.search.debounce.value=1s", "settle.policies.search.debounce.max-wait=20s");
        browser = new Browser();
        pages = new Pages(browser);
    }

    @AfterAll
    static void close() throws IOException {
        try (Desk closing = desk) {
            browser.close();
        }
    }

    @BeforeEach
    void look() {
        desk.providers("failures=0&resets=0&hangs=0&latency=5ms");
        browser.open(desk.address());
        await().until(pages::isLive);
    }

    @Test
    void searchesOnceForWhatIsTypedQuickly() {
        await().until(() -> pages.lane("search", "inFlight") == 0);
        long begun = pages.lane("search", "begun");
        long attempts = pages.lane("search", "attempts");
        long coalesced = pages.lane("search", "coalesced");

        browser.type("#search-text", "us dollar");

        await().until(() -> pages.hits().contains("USD"));
        assertThat(pages.count("keystrokes")).isEqualTo("us dollar".length());
        assertThat(pages.count("searches")).isEqualTo(1);
        await().untilAsserted(() -> {
            assertThat(pages.lane("search", "inFlight")).isZero();
            assertThat(pages.lane("search", "begun")).isGreaterThan(begun + 1);
            assertThat(pages.lane("search", "attempts")).isEqualTo(attempts + 1);
            assertThat(pages.lane("search", "coalesced")).isGreaterThan(coalesced);
        });
    }

    @Test
    void retriesAndTimesOutWhenTheProvidersHang() {
        long retried = retried();
        long timeouts = pages.awaitLane("provider", "timeout");
        browser.click("#hang");
        await().until(() -> desk.get("/upstream").body().contains("\"hangs\":1.0"));

        browser.click("#quote");

        await().untilAsserted(() -> {
            assertThat(retried()).isGreaterThan(retried);
            assertThat(pages.lane("provider", "timeout")).isGreaterThan(timeouts);
            assertThat(pages.lane("rates", "timeout")).isPositive();
        });
        await().until(() -> pages.count("quotes-failed") == 1);
    }

    @Test
    void retriesAndTimesOutWhenTheProvidersBreak() {
        long retried = retried();
        long timeouts = pages.awaitLane("provider", "timeout");
        browser.click("#break");
        await().until(() -> desk.get("/upstream").body().contains("\"failures\":0.35"));

        browser.click("#quote-many");

        await().untilAsserted(() -> {
            assertThat(retried()).isGreaterThan(retried);
            assertThat(pages.lane("provider", "timeout")).isGreaterThan(timeouts);
        });
        await().until(() -> pages.count("quotes-waiting") == 0);
    }

    private static long retried() {
        return pages.awaitLane("rates", "attempts") - pages.awaitLane("rates", "begun");
    }
}
