package dev.settle.benchmark;

import java.util.Locale;

/** Figures as text. */
final class Tables {

    private Tables() {}

    static String line(Figure figure) {
        return String.format(
                Locale.ROOT,
                "%s | %-28s | %-36s | %12s %-5s | %s",
                figure.group(),
                figure.scenario(),
                figure.subject(),
                number(figure.median()),
                figure.unit(),
                spread(figure));
    }

    static String spread(Figure figure) {
        return (figure.samples().size() == 1) ? "" : number(figure.min()) + " to " + number(figure.max());
    }

    /** With as many digits as mean something. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        return String.format(
                Locale.ROOT, size < 0.005 ? "%.0f" : size < 1 ? "%.2f" : size < 20 ? "%.1f" : "%,.0f", value);
    }
}
