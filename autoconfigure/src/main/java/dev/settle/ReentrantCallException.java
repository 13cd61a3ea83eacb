package dev.settle;

/** A call would have waited for itself. */
public class ReentrantCallException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception; the message names the method and the holder. */
    public ReentrantCallException(String message) {
        super(message);
    }
}
