package dev.settle.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.sample.Desk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visitor opens a bulkhead, and sees its queue drain. */
@NeedsBrowser
class BulkheadBrowserTests {

    private static final int PROVIDERS = 3;

    @TempDir
    Path data;

    @Test
    void letsInAllThatWaitWhenItGetsMorePermits() throws IOException {
        try (Desk desk = Desk.open(
                        this.data,
                        "settle.policies.rates.bulkhead.max-wait=60s",
                        "settle.policies.rates.retry.max-duration=60s",
                        "settle.policies.rates.timeout.total=60s",
                        "settle.policies.provider.timeout.value=20s");
                Browser browser = new Browser()) {
            Pages pages = new Pages(browser);
            browser.open(desk.address());
            await().until(pages::isLive);
            browser.click("#mend");
            await().until(() -> desk.get("/upstream").body().contains("PT0.06S"));
            // With two permits, twenty quotes would take half a minute.
            desk.providers("latency=3s");
            permits(browser, pages, 2);

            browser.click("#quote-many");

            await().untilAsserted(() -> {
                assertThat(pages.count("permits-waiting")).isPositive();
                assertThat(pages.lane("rates", "waiting")).isPositive();
            });
            assertThat(pages.lane("rates", "running")).isLessThanOrEqualTo(2 * PROVIDERS);

            permits(browser, pages, 30);

            await().until(() -> pages.lane("rates", "running") > 2 * PROVIDERS);
            await().untilAsserted(() -> {
                assertThat(pages.count("permits-waiting")).isZero();
                assertThat(pages.lane("rates", "waiting")).isZero();
            });
            await().until(() -> pages.count("quotes-answered") == 20);
            assertThat(pages.count("quotes-failed")).isZero();
        }
    }

    private static void permits(Browser browser, Pages pages, int permits) {
        browser.type("#permits", Integer.toString(permits));
        browser.click("#permits-set");
        await().until(() -> pages.count("permits") == permits);
    }
}
