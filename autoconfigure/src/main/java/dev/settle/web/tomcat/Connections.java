package dev.settle.web.tomcat;

import dev.settle.web.servlet.WriteTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** The connections of Tomcat's connectors. */
public final class Connections implements WriteTimeouts {

    private final List<ProbedHttp11NioProtocol> protocols = new CopyOnWriteArrayList<>();

    /** Creates what knows no connector yet. */
    public Connections() {}

    /** Knows those of this connector, too. */
    public void add(ProbedHttp11NioProtocol protocol) {
        this.protocols.add(protocol);
    }

    /** Whether there is no connector to be asked. */
    boolean areUnknown() {
        return this.protocols.isEmpty();
    }

    /** Those now open. */
    Stream<SocketWrapperBase<NioChannel>> open() {
        return this.protocols.stream().flatMap(protocol -> protocol.connections().stream());
    }

    /** While Tomcat handles a request of HTTP/1.1 it holds the lock of its connection; none is held for one of HTTP/2. */
    @Override
    public void set(Duration timeout) {
        open().filter(connection -> connection.getLock().isHeldByCurrentThread())
                .forEach(connection -> connection.setWriteTimeout(timeout.toMillis()));
    }
}
