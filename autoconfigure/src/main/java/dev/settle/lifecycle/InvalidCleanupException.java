package dev.settle.lifecycle;

/** A method cannot be a cleanup; the application does not start. */
public class InvalidCleanupException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    InvalidCleanupException(String place, String problem, String action) {
        super(place + ": " + problem);
        this.action = action;
    }

    /** What to change. */
    public String action() {
        return this.action;
    }
}
