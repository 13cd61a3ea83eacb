package dev.settle.sample.upstream;

/** Somebody else listens on the upstream's port. */
final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int port;

    PortTakenException(int port, Throwable cause) {
        super("Port " + port + " is taken", cause);
        this.port = port;
    }

    int port() {
        return this.port;
    }
}
