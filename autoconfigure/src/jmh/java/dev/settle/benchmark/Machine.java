package dev.settle.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What it was measured on, and with. */
public final class Machine {

    private static final double LOAD =
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();

    private Machine() {}

    /** Remembers what else was going on before the run. */
    static void look() {}

    /** Names and facts, in order. */
    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "processor", Runtime.getRuntime().availableProcessors() + " x " + line("/proc/cpuinfo", "model name"));
        facts.put("memory", memory());
        facts.put("system", line("/etc/os-release", "PRETTY_NAME") + ", " + System.getProperty("os.name"));
        facts.put("load before the run", String.format(Locale.ROOT, "%.1f", LOAD));
        facts.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("versions", versions());
        return facts;
    }

    private static String memory() {
        String total = line("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return total.isEmpty() ? "?" : Math.round(Long.parseLong(total) / 1048576.0) + " GB";
    }

    private static String versions() {
        return Stream.of("settle", "boot", "resilience4j", "failsafe", "bucket4j", "guava", "jmh")
                .map(name -> name + " " + System.getProperty("benchmarks.version." + name, "?"))
                .reduce((some, one) -> some + ", " + one)
                .orElseThrow();
    }

    /** What follows the name in the first line that begins with it, where there is such a file. */
    private static String line(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.replaceFirst("^[^:=]*[:=]", "")
                            .replace("\"", "")
                            .trim())
                    .orElse("?");
        } catch (IOException ex) {
            return "?";
        }
    }
}
