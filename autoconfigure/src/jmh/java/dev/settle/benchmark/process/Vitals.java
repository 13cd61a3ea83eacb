package dev.settle.benchmark.process;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;

/** What a process knows of itself. */
public final class Vitals {

    private Vitals() {}

    /** Bytes that are reachable: the heap after two collections, so that what the first has freed for references is gone, too. */
    public static long live() {
        System.gc();
        System.gc();
        return used();
    }

    /** Bytes in the heap. */
    public static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Bytes of metaspace. */
    public static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong((MemoryPoolMXBean pool) -> pool.getUsage().getUsed())
                .sum();
    }

    /** Loaded classes. */
    public static int classes() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    /** Nanoseconds of processor time. */
    public static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Milliseconds since the JVM was started. */
    public static long sinceStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }

    /** Collections so far. */
    public static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(collector -> collector.getCollectionCount())
                .sum();
    }

    /** Platform threads of now. */
    public static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Begins to look for the most platform threads at one time. */
    public static void watchThreads() {
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
    }

    /** The most platform threads at one time since they are watched. */
    public static int peakThreads() {
        return ManagementFactory.getThreadMXBean().getPeakThreadCount();
    }
}
