package dev.settle.plan;

import org.jspecify.annotations.Nullable;

/** A method cannot have the policies that its annotations ask for; the application does not start. */
public class InvalidPlanException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Creates the exception.
     *
     * @param place the bean, the method and the annotation
     * @param problem what is wrong
     * @param action what to change
     */
    public InvalidPlanException(String place, String problem, String action, @Nullable Throwable cause) {
        super(place + ": " + problem, cause);
        this.action = action;
    }

    /** What to change. */
    public String action() {
        return this.action;
    }
}
