package dev.settle.abort;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class of the library logs, while this is open. */
public final class Logs extends Handler implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    // Held, because the JDK forgets loggers that nobody holds.
    private final Logger logger;

    public Logs(Class<?> type) {
        this.logger = Logger.getLogger(type.getName());
        this.logger.addHandler(this);
    }

    public List<LogRecord> records() {
        return this.records;
    }

    @Override
    public void publish(LogRecord record) {
        this.records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        this.logger.removeHandler(this);
    }
}
