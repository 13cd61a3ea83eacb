package dev.settle.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What the JDK says of virtual threads that keep their carriers while they wait. */
public final class PinnedThreads {

    private PinnedThreads() {}

    /** The events that are recorded while the work goes on. */
    public static List<RecordedEvent> during(Path file, Runnable work) throws Exception {
        try (Recording recording = new Recording()) {
            recording
                    .enable("jdk.VirtualThreadPinned")
                    .withThreshold(Duration.ZERO)
                    .withStackTrace();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    /** Parked on its carrier, in code whose names begin so; contention while classes are loaded is another matter. */
    public static boolean isParkedIn(RecordedEvent pinned, String names) {
        List<String> frames = pinned.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .toList();
        return frames.contains(LockSupport.class.getName())
                && frames.stream().anyMatch(frame -> frame.startsWith(names));
    }
}
