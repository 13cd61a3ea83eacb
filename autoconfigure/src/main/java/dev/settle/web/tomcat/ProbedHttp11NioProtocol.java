package dev.settle.web.tomcat;

import java.util.Set;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** Tomcat's own protocol, which says what connections it has. Public because Tomcat creates it by its name. */
public final class ProbedHttp11NioProtocol extends Http11NioProtocol {

    /** Created by Tomcat. */
    public ProbedHttp11NioProtocol() {}

    /** The connections now open. */
    Set<SocketWrapperBase<NioChannel>> connections() {
        return getEndpoint().getConnections();
    }
}
