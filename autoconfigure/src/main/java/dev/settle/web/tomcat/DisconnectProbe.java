package dev.settle.web.tomcat;

import dev.settle.time.Nanos;
import dev.settle.time.TimeSource;
import dev.settle.web.servlet.ClientWatch;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Looks from time to time whether the clients of waiting requests are still there. While a request waits, Tomcat does not
 * read from its connection, and so does not see that connection end before it writes the answer.
 *
 * <p>It reads what has come, without waiting, into the buffer from which Tomcat takes what it reads next: a request that
 * was sent ahead is not lost. Requests over HTTP/2 share a connection, which Tomcat reads all the time: they are left alone.
 */
public final class DisconnectProbe implements ClientWatch {

    private final TimeSource time;
    private final long interval;
    private final Connections connections;

    /** By the identifier of the connection; HTTP/1.1 has one request at a time on each. */
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    private final AtomicBoolean armed = new AtomicBoolean();

    /** Creates the probe. */
    public DisconnectProbe(Connections connections, TimeSource time, Duration interval) {
        this.connections = connections;
        this.time = time;
        this.interval = Nanos.of(interval);
    }

    @Override
    public Runnable watch(HttpServletRequest request, Runnable gone) {
        if (this.connections.areUnknown()
                || !request.getServletConnection().getProtocol().equals("http/1.1")) {
            return () -> {};
        }
        String id = request.getServletConnection().getConnectionId();
        Waiting client = new Waiting(gone);
        this.waiting.put(id, client);
        arm();
        return () -> this.waiting.remove(id, client);
    }

    /** A timer runs only while somebody waits. */
    private void arm() {
        if (!this.waiting.isEmpty() && this.armed.compareAndSet(false, true)) {
            this.time.schedule(this.interval, this::probe);
        }
    }

    private void probe() {
        this.armed.set(false);
        try {
            this.connections.open().forEach(this::probe);
        } finally {
            // Race: one that comes here before the line at the top finds the timer armed, and is seen now.
            arm();
        }
    }

    private void probe(SocketWrapperBase<?> connection) {
        // Tomcat keeps what it is told of the protocol: a connection that may yet turn out to be HTTP/2 is not asked.
        if (!(connection.getCurrentProcessor() instanceof Processor processor) || !processor.isAsync()) {
            return;
        }
        String id = connection.getServletConnection("http/1.1", "").getConnectionId();
        Waiting client = this.waiting.get(id);
        if (client != null && hasEnded(connection, id, client) && this.waiting.remove(id, client)) {
            // Whoever is told may keep the thread; others wait to be looked at.
            this.time.execute(client.gone);
        }
    }

    private boolean hasEnded(SocketWrapperBase<?> connection, String id, Waiting client) {
        ReentrantLock lock = connection.getLock();
        if (!lock.tryLock()) {
            // A thread of the container is at it, and sees for itself.
            return false;
        }
        try {
            // The container ends the watch under this lock, so the request is not over, and the next one has not begun.
            if (this.waiting.get(id) == client && mayBeRead(connection)) {
                connection.isReadyForRead();
            }
            return false;
        } catch (IOException ex) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The application may be reading the body of the request on a thread of its own, until it is at its end. */
    private static boolean mayBeRead(SocketWrapperBase<?> connection) {
        if (connection.isClosed() || !(connection.getCurrentProcessor() instanceof Processor processor)) {
            return false;
        }
        Request request = processor.getRequest();
        return request != null && request.isFinished();
    }

    private record Waiting(Runnable gone) {}
}
