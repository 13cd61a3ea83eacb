package dev.settle.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.sample.Desk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visitor presses the button that shuts the desk down, and waits until somebody starts it again. */
@NeedsBrowser
class RestartBrowserTests {

    @TempDir
    Path data;

    @Test
    void showsAfterTheRestartHowTheShutdownWent() throws IOException {
        Desk first = Desk.open(this.data, "desk.outbox-interval=1h");
        try (Browser browser = new Browser()) {
            Pages pages = new Pages(browser);
            try (first) {
                browser.open(first.address());
                await().until(pages::isLive);
                browser.click("#quote");
                await().until(() -> pages.count("quotes-answered") == 1);

                browser.click("#close");
                browser.click("#sure-yes");

                await().until(first::isClosed);
                await().until(() -> "closed".equals(pages.desk()));
            }
            String port = "server.port=" + first.address().getPort();
            try (Desk second = Desk.open(this.data, port)) {
                checkTheWayThere(browser, pages);
                browser.open(second.address().resolve("/actuator/settleui#shutdown"));
                checkEntries(pages);
            }
        }
    }

    /** Nobody has loaded the page anew. */
    private static void checkTheWayThere(Browser browser, Pages pages) {
        await().until(() -> "open".equals(pages.desk()));
        await().until(pages::isLive);
        browser.click("#state a");
        checkEntries(pages);
    }

    private static void checkEntries(Pages pages) {
        await().untilAsserted(() -> assertThat(pages.shutdown())
                .containsSubsequence(
                        "intake.close completed",
                        "outbox.close completed",
                        "rate cache completed",
                        "database.close completed"));
    }
}
