package dev.settle.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.settle.sample.Desk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page fits into wide and narrow windows. Its pictures are left in {@code target/pictures}, to be looked at. */
@NeedsBrowser
class PicturesBrowserTests {

    private static final Path PICTURES = Path.of("target/pictures");

    private static final String DRAWN = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))";

    private static final String SIDEWAYS =
            "const {scrollWidth, clientWidth} = document.documentElement; return scrollWidth - clientWidth";

    private static Desk desk;
    private static Browser browser;
    private static Pages pages;

    @BeforeAll
    static void open(@TempDir Path data) {
        closeUnderWay(data);
        desk = Desk.open(
                data,
                "settle.policies.provider.throttle.window=2s",
                "desk.upstream.quota.window=2s",
                "desk.upstream.faults.failures=0.15",
                "desk.upstream.faults.resets=0.05",
                "desk.upstream.faults.hangs=0.1",
                "desk.upstream.faults.latency=120ms");
        browser = new Browser();
        pages = new Pages(browser);
    }

    /** So that the last shutdown had something to do. */
    private static void closeUnderWay(Path data) {
        try (Desk earlier = Desk.open(data, "desk.upstream.faults.latency=300ms", "desk.outbox-interval=1h")) {
            List<CompletableFuture<?>> orders = IntStream.range(0, 20)
                    .<CompletableFuture<?>>mapToObj(order -> earlier.postAsync("/quotes", Desk.ORDER))
                    .toList();
            await().until(() -> orders.stream().anyMatch(CompletableFuture::isDone));
        }
    }

    @AfterAll
    static void close() throws IOException {
        try (Desk closing = desk) {
            browser.close();
        }
    }

    @Test
    void theDeskFitsIntoTheWindow() {
        browser.open(desk.address());
        await().until(pages::isLive);
        browser.type("#search-text", "dollar");
        browser.click("#quote-many");
        await().until(() -> pages.count("quotes-answered") >= 10);
        browser.click("#quote-many");
        await().until(() -> pages.count("quotes-answered") + pages.count("quotes-failed") == 40);

        assertThat(tooWide("desk")).isEmpty();
    }

    @Test
    void theLivePageFitsIntoTheWindow() {
        browser.open(desk.address().resolve("/actuator/settleui"));
        await().until(pages::isLive);
        for (int i = 0; i < 2; i++) {
            CompletableFuture<?> orders = desk.postAsync("/quotes/burst?times=20", Desk.ORDER);
            await().until(() -> pages.lane("rates", "waiting") > 0);
            desk.get("/search?session=a&text=yen");
            await().until(orders::isDone);
        }
        assertThat(tooWide("lanes")).isEmpty();

        browser.click("[data-open=rates]");
        await().until(() -> browser.script("return document.querySelector('#details [data-setting]')") != null);
        assertThat(tooWide("details")).isEmpty();

        browser.click("#details-close");
        browser.click("nav [href='#shutdown']");
        await().until(() -> !pages.shutdown().isEmpty());
        assertThat(tooWide("shutdown")).isEmpty();
    }

    /** The looks in which it could be moved sideways. */
    private static List<String> tooWide(String name) {
        List<String> tooWide = new ArrayList<>();
        for (String theme : List.of("light", "dark")) {
            for (int width : List.of(1400, 800, 400)) {
                browser.prefer(theme);
                browser.size(width, 900);
                browser.asyncScript(DRAWN);
                String look = name + "-" + theme + "-" + width;
                browser.picture(PICTURES.resolve(look + ".png"));
                if (!Long.valueOf(0).equals(browser.script(SIDEWAYS))) {
                    tooWide.add(look);
                }
            }
        }
        browser.size(1400, 900);
        return tooWide;
    }
}
