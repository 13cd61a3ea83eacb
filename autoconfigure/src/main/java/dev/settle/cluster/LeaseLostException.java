package dev.settle.cluster;

/** A lease was lost while the call went on that had it: another instance may have it now. */
public class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public LeaseLostException(String message) {
        super(message, null, false, false);
    }
}
