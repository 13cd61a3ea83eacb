package dev.settle.lifecycle;

import dev.settle.AbortedException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A servlet that makes calls, in requests that go on when the test says so. */
class Desk extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Courier courier;
    private final transient CountDownLatch inside = new CountDownLatch(1);
    private final transient CountDownLatch goOn = new CountDownLatch(1);

    Desk(Courier courier) {
        this.courier = courier;
    }

    /** Opens when a request is inside. */
    CountDownLatch inside() {
        return this.inside;
    }

    /** Lets the request go on. */
    CountDownLatch goOn() {
        return this.goOn;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            response.getWriter().print(answer(request.getRequestURI()));
        } catch (AbortedException ex) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.getWriter().print(ex.reason().kind());
        } catch (Exception ex) {
            throw new IOException(ex);
        }
    }

    private String answer(String path) throws Exception {
        return switch (path) {
            case "/call" -> this.courier.deliverNow(this::pause);
            case "/call-late" -> {
                pause();
                yield this.courier.deliverNow(() -> "delivered late");
            }
            default -> this.courier.deliverNow(() -> "delivered");
        };
    }

    private String pause() throws InterruptedException {
        this.inside.countDown();
        this.goOn.await();
        return "delivered";
    }
}
