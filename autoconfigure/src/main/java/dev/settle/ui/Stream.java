package dev.settle.ui;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames to one page, on a thread of its own: whoever reads slowly keeps this thread waiting, and nobody else, and is
 * sent all there is when it comes back.
 */
final class Stream implements Runnable {

    /** More pages poll. */
    static final int MOST = 16;

    /** Who takes nothing for so long is not waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final AtomicInteger OPEN = new AtomicInteger();

    private final Feed feed;
    private final Outlet outlet;

    /** Where the frames go. */
    interface Outlet {

        /** Whether somebody is there still. */
        boolean isOpen();

        /** Whether the next frame can be taken now. */
        boolean isReady();

        /** Sends a frame; may wait until there is room. */
        void send(Frame frame) throws IOException;

        /** The application stops. */
        void bye() throws IOException;

        /** Nothing more will come; may wait for what has been sent. */
        void end();
    }

    private Stream(Feed feed, Outlet outlet) {
        this.feed = feed;
        this.outlet = outlet;
    }

    /** How many there are. */
    static int open() {
        return OPEN.get();
    }

    /** Whether one more may be opened; the place is taken then, until its stream ends. */
    static boolean reserve() {
        if (OPEN.incrementAndGet() <= MOST) {
            return true;
        }
        OPEN.decrementAndGet();
        return false;
    }

    /** Begins to send, in a place that was reserved. */
    static void start(Feed feed, Outlet outlet) {
        Thread thread = new Thread(new Stream(feed, outlet), "settle-live");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            OPEN.decrementAndGet();
            throw noThread;
        }
    }

    @Override
    public void run() {
        try {
            send();
        } catch (IOException | IllegalStateException ex) {
            // The page has been closed, or the server does not write any more: there is nobody to tell.
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } finally {
            OPEN.decrementAndGet();
            end();
        }
    }

    /** Race: the server may be ending the answer itself, because the page has been closed; Spring is in between then. */
    private void end() {
        try {
            this.outlet.end();
        } catch (IllegalStateException ex) {
            // It has ended.
        }
    }

    private void send() throws IOException, InterruptedException {
        @Nullable String run = null;
        long after = -1;
        while (this.outlet.isOpen()) {
            if (!this.outlet.isReady()) {
                if (this.feed.isStopping()) {
                    return;
                }
                this.feed.idle();
            } else if (this.feed.isStopping()) {
                this.outlet.bye();
                return;
            } else {
                for (Frame frame : this.feed.await(run, after)) {
                    if (!this.outlet.isReady()) {
                        break;
                    }
                    this.outlet.send(frame);
                    run = frame.run();
                    after = frame.number();
                }
            }
        }
    }
}
