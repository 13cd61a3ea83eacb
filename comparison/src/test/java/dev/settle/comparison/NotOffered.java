package dev.settle.comparison;

/** A library has nothing for what a scenario asks of it. */
public final class NotOffered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates it with the reason, as read in the library's documentation. */
    public NotOffered(String why) {
        super(why);
    }
}
