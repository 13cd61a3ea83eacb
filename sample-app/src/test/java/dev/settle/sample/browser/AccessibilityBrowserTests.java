package dev.settle.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.sample.Desk;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing on the pages is a serious hindrance, in light and in dark. */
@NeedsBrowser
class AccessibilityBrowserTests {

    private static Desk desk;
    private static Browser browser;
    private static Pages pages;

    @BeforeAll
    static void open(@TempDir Path data) {
        // So that there is a last shutdown to show.
        Desk.open(data).close();
        desk = Desk.open(data);
        browser = new Browser();
        pages = new Pages(browser);
    }

    @AfterAll
    static void close() throws IOException {
        try (Desk closing = desk) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void ofTheDeskAndTheLanesBesideIt(String theme) {
        look(theme, "/");
        browser.click("#quote");
        browser.type("#search-text", "us dollar");
        await().until(() -> pages.count("quotes-answered") == 1 && pages.hits().contains("USD"));

        assertThat(Axe.findings(browser, "lanes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void ofTheQuestionBeforeTheShutdown(String theme) {
        look(theme, "/");
        browser.click("#close");

        assertThat(Axe.findings(browser, "lanes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void ofTheLanes(String theme) {
        look(theme, "/actuator/settleui");
        browser.click("#legend summary");
        desk.post("/quotes", Desk.ORDER);
        await().until(() -> pages.lane("rates", "success") > 0);

        assertThat(Axe.findings(browser)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void ofTheDetailsOfALane(String theme) {
        look(theme, "/actuator/settleui");
        browser.click("[data-open=rates]");
        await().until(() -> browser.script("return document.querySelector('#details [data-setting]')") != null);

        assertThat(Axe.findings(browser)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void ofTheLastShutdown(String theme) {
        look(theme, "/actuator/settleui");
        browser.click("nav [href='#shutdown']");
        await().until(() -> !pages.shutdown().isEmpty());

        assertThat(Axe.findings(browser)).isEmpty();
    }

    @Test
    void isSeenWhereItIsMissing() {
        look("light", "/");
        browser.scriptIn("lanes", "document.body.append(document.createElement('button'))");

        assertThat(Axe.findings(browser, "lanes").toString()).contains("critical button-name");
    }

    private static void look(String theme, String path) {
        browser.prefer(theme);
        // A page of its own, even if only the part after # is another.
        browser.script("location.replace('about:blank')");
        browser.open(desk.address().resolve(path));
        await().until(pages::isLive);
        assertThat(browser.script("return matchMedia(`(prefers-color-scheme: ${arguments[0]})`).matches", theme))
                .isEqualTo(true);
    }
}
