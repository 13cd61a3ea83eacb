package dev.settle.abort;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Keeps what users' code does wrong from breaking what must go on: even a failure's own text may fail. */
final class Faults {

    private Faults() {}

    /** What an object says of itself. */
    static String text(Object value) {
        try {
            return String.valueOf(value);
        } catch (Throwable ex) {
            return value.getClass().getName();
        }
    }

    /** Logs a failure that nobody else will hear of. */
    static void log(Class<?> where, String what, Throwable failure) {
        Logger log = System.getLogger(where.getName());
        try {
            log.log(Level.WARNING, what, failure);
        } catch (Throwable ex) {
            // Its text, or its trace, could not be written.
            log.log(Level.WARNING, what + ": " + failure.getClass().getName());
        }
    }
}
