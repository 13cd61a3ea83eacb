package dev.settle.sample.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Looks at a page by axe-core's rules. */
final class Axe {

    private static final String SOURCE = source();

    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            const grave = ({impact}) => impact === 'serious' || impact === 'critical';
            const words = ({id, impact, nodes}) => `${impact} ${id}: `
                + nodes.map(({target, failureSummary}) => `${target.join(' > ')} ${failureSummary}`).join('; ');
            axe.run().then(
                ({violations, passes}) => done(passes.some(({id}) => id === 'color-contrast')
                    ? violations.filter(grave).map(words) : ['it saw no colours']),
                failure => done([String(failure)]))""";

    private Axe() {}

    /** What it finds serious or critical, in the page and in its frames. */
    static List<?> findings(Browser browser, String... frames) {
        for (String frame : frames) {
            browser.scriptIn(frame, SOURCE);
        }
        browser.script(SOURCE);
        return (List<?>) Objects.requireNonNull(browser.asyncScript(RUN));
    }

    private static String source() {
        try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
