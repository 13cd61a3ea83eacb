package dev.settle.sample.browser;

import static org.awaitility.Awaitility.await;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the desk's page with the lanes beside it, or the live page alone. */
final class Pages {

    /** The document of the live page, from either page. */
    private static final String LIVE =
            "const live = document.querySelector('iframe#lanes')?.contentDocument ?? document;";

    private final Browser browser;

    Pages(Browser browser) {
        this.browser = browser;
    }

    /** Whether the lanes get what is new. */
    boolean isLive() {
        return "live".equals(this.browser.script(LIVE + "return live.body?.dataset.connection"));
    }

    /** A number of the desk; -1 as long as there is none. */
    long count(String name) {
        return number(
                "const shown = document.querySelector(`[data-count='${arguments[0]}']`)?.textContent;"
                        + "return /^\\d+$/.test(shown) ? Number(shown) : -1",
                name);
    }

    /** A number of a lane, which has them only near the window; -1 as long as there is none. */
    long lane(String lane, String count) {
        return number(LIVE + """
                        const lane = live.querySelector(`[data-lane='${arguments[0]}']`);
                        lane?.scrollIntoView({block: 'nearest'});
                        return Number(lane?.querySelector(`data[data-count='${arguments[1]}']`)?.value ?? -1)""", lane, count);
    }

    /** The same, when the lane is there. */
    long awaitLane(String lane, String count) {
        return await().until(() -> lane(lane, count), number -> number >= 0);
    }

    /** {@code open}, {@code closing} or {@code closed}. */
    @Nullable
    String desk() {
        return (String) this.browser.script("return document.body.dataset.desk");
    }

    /** The codes that a search has found. */
    List<String> hits() {
        return texts("return [...document.querySelectorAll('#hits [data-code]')].map(hit => hit.dataset.code)");
    }

    /** The entries of the last shutdown that are seen, with what became of each. */
    List<String> shutdown() {
        return texts(LIVE + """
                return [...live.querySelectorAll('[data-entry]')].filter(entry => entry.getClientRects().length)
                    .map(entry => entry.dataset.entry + ' ' + entry.dataset.outcome)""");
    }

    private List<String> texts(String script) {
        return this.browser.script(script) instanceof List<?> texts
                ? texts.stream().map(String::valueOf).toList()
                : List.of();
    }

    private long number(String script, Object... arguments) {
        return this.browser.script(script, arguments) instanceof Number number ? number.longValue() : -1;
    }
}
