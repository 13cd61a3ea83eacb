package dev.settle.comparison;

/** The failure of a method in a scenario. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure of an attempt. */
    public Failure(int attempt) {
        super("attempt " + attempt + " failed");
    }
}
