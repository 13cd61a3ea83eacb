package dev.settle.benchmark.shutdown;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.DisposableBean;

/** What the work needs, such as a connection pool; it notices who comes when it has been destroyed. */
class Dependency implements DisposableBean {

    /** Of all, because there is but one in a process and it is asked when its context is gone. */
    static final AtomicInteger LATE = new AtomicInteger();

    private volatile boolean destroyed;

    String use() {
        if (this.destroyed) {
            LATE.incrementAndGet();
        }
        return "done";
    }

    @Override
    public void destroy() {
        this.destroyed = true;
    }
}
