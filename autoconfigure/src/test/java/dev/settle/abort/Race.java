package dev.settle.abort;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Lets actors meet, each on a thread of its own, again and again. In each meeting they go at almost the same moment; who
 * is first, and by how much, changes.
 *
 * <p>An actor does not wait long for one whose thread has lost its processor: on a busy machine fewer actors really
 * meet, and no test takes for ever.
 */
public final class Race implements AutoCloseable {

    private static final int AT_ONCE = 100;
    private static final int MOST_PATIENCE = 2_000;
    private static final int MOST_HANDICAP = 100;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What one actor does. */
    public interface Act {
        void run() throws Exception;
    }

    /** Who meets, and what must hold afterwards. */
    public record Meeting(List<Act> actors, Act outcome) {

        public Meeting then(Act expected) {
            return new Meeting(this.actors, expected);
        }
    }

    public static Meeting between(Act... actors) {
        return new Meeting(List.of(actors), () -> {});
    }

    /** Whatever an actor throws, and each outcome that is not as expected, fails the test. */
    public void repeat(int times, Callable<Meeting> maker) throws Exception {
        for (int done = 0; done < times; done += AT_ONCE) {
            List<Meeting> meetings = make(maker);
            AtomicIntegerArray progress =
                    new AtomicIntegerArray(meetings.get(0).actors().size());
            List<Future<?>> walking = new ArrayList<>();
            for (int i = 0; i < progress.length(); i++) {
                int actor = i;
                Random random = new Random(done + i);
                walking.add(this.threads.submit(() -> walk(meetings, actor, progress, random)));
            }
            for (Future<?> actor : walking) {
                actor.get(60, TimeUnit.SECONDS);
            }
            for (Meeting meeting : meetings) {
                meeting.outcome().run();
            }
        }
    }

    /** On a new thread each time, because where the work in flight is counted depends on the thread. */
    private static List<Meeting> make(Callable<Meeting> maker) throws Exception {
        FutureTask<List<Meeting>> made = new FutureTask<>(() -> {
            List<Meeting> meetings = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                meetings.add(maker.call());
            }
            return meetings;
        });
        new Thread(made).start();
        return made.get(60, TimeUnit.SECONDS);
    }

    private static Object walk(List<Meeting> meetings, int actor, AtomicIntegerArray progress, Random random)
            throws Exception {
        for (int i = 0; i < meetings.size(); i++) {
            progress.set(actor, i);
            for (int patience = MOST_PATIENCE; patience > 0 && anyBehind(progress, i); patience--) {
                Thread.onSpinWait();
            }
            // Mostly a short one: what is to be met often takes less than a microsecond.
            spin(random.nextInt(1 + random.nextInt(MOST_HANDICAP)));
            meetings.get(i).actors().get(actor).run();
        }
        return progress;
    }

    private static boolean anyBehind(AtomicIntegerArray progress, int place) {
        for (int i = 0; i < progress.length(); i++) {
            if (progress.get(i) < place) {
                return true;
            }
        }
        return false;
    }

    /** Does nothing for a moment, without leaving the processor. */
    static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        this.threads.shutdownNow();
    }
}
