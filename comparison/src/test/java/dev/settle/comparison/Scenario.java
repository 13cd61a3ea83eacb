package dev.settle.comparison;

/** One question that is put to every library in the same way. */
public interface Scenario {

    /** The behaviour asked for, as a sentence. */
    String name();

    /** How the run asks, and what the correct answer is. */
    String correct();

    /** Whether it has to run before the libraries' code is warm. */
    default boolean cold() {
        return false;
    }

    /** Asks; the library is fresh, and is closed afterwards. */
    Observation run(Library library) throws Exception;
}
