package dev.settle.benchmark.live;

import dev.settle.benchmark.Unit;
import dev.settle.benchmark.process.Applications;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Reading;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.springframework.context.ConfigurableApplicationContext;

/** In the child: threads call without a pause, while the page is opened and closed beside them. */
final class Looking {

    private static final double WINDOW = 3;

    /** The page goes on for some seconds when the last reader has gone: that must not count as closed. */
    private static final double AFTER_CLOSING = 6;

    /** What was done in a window. */
    private record Work(double callsASecond, double nanosOfProcessor) {}

    private final LongAdder calls = new LongAdder();
    private final List<Thread> callers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final int port;

    private Looking(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Child.library(arguments);
        ConfigurableApplicationContext context = Applications.serve(
                List.of(Desk.class), "server.port=0", "management.endpoints.web.exposure.include=settleui");
        Desk desk = context.getBean(Desk.class);
        Looking looking =
                new Looking(Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")));
        looking.call(desk::first);
        if (Integer.parseInt(arguments[1]) > 1) {
            looking.call(desk::second);
        }
        looking.measure(Integer.parseInt(arguments[2]));
        Runtime.getRuntime().halt(0);
    }

    private void call(Supplier<CompletableFuture<String>> method) {
        Thread caller = new Thread(
                () -> {
                    while (true) {
                        for (int i = 0; i < 100; i++) {
                            method.get().join();
                        }
                        this.calls.add(100);
                    }
                },
                "caller");
        caller.setDaemon(true);
        caller.start();
        this.callers.add(caller);
    }

    /** Open, closed, closed, open, and so on: what drifts does so in both directions. */
    private void measure(int pairs) throws IOException, InterruptedException {
        open();
        rest(10);
        close();
        rest(10);
        for (int i = 0; i < pairs; i++) {
            boolean openFirst = i % 2 == 0;
            Work first = window(openFirst);
            Work second = window(!openFirst);
            Work open = openFirst ? first : second;
            Work closed = openFirst ? second : first;
            Reading.tell("calls a second, page closed", Unit.COUNT, closed.callsASecond());
            Reading.tell("calls a second, page open", Unit.COUNT, open.callsASecond());
            Reading.tell(
                    "fewer with the page open", Unit.PERCENT, 100 * (1 - open.callsASecond() / closed.callsASecond()));
            Reading.tell(
                    "more processor time for a call",
                    Unit.PERCENT,
                    100 * (open.nanosOfProcessor() / closed.nanosOfProcessor() - 1));
        }
    }

    private Work window(boolean open) throws IOException, InterruptedException {
        if (open) {
            open();
        } else {
            close();
        }
        long start = System.nanoTime();
        long calls = this.calls.sum();
        long processor = processor();
        rest(WINDOW);
        double done = this.calls.sum() - calls;
        return new Work(done * 1e9 / (System.nanoTime() - start), (processor() - processor) / done);
    }

    /** What the callers have had of it: neither noise of the machine, nor what readers and streams take, is in it. */
    private long processor() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return this.callers.stream()
                .mapToLong(caller -> threads.getThreadCpuTime(caller.getId()))
                .sum();
    }

    private void open() throws IOException, InterruptedException {
        while (this.readers.size() < 2) {
            this.readers.add(new Reader(this.port));
        }
    }

    private void close() throws IOException, InterruptedException {
        if (!this.readers.isEmpty()) {
            for (Reader reader : this.readers) {
                reader.close();
            }
            this.readers.clear();
            rest(AFTER_CLOSING);
        }
    }

    private static void rest(double seconds) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
    }
}
