package dev.settle.sample.rates;

import dev.settle.abort.AbortGroup;
import dev.settle.annotation.AbortPhase;
import dev.settle.sample.DeskPhases;
import dev.settle.sample.DeskProperties;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The last rate of each pair; kept in a file from one run to the next. */
@Component
public final class RateCache {

    private final SortedMap<String, BigDecimal> rates = new ConcurrentSkipListMap<>();
    private final Path file;
    private final JsonMapper json;

    RateCache(DeskProperties desk, JsonMapper json, @AbortPhase(DeskPhases.RATES) AbortGroup group) throws IOException {
        this.file = desk.file("rates.json");
        this.json = json;
        if (Files.exists(this.file)) {
            this.rates.putAll(
                    json.readValue(Files.readString(this.file), new TypeReference<Map<String, BigDecimal>>() {}));
        }
        group.onAbort("rate cache", event -> CompletableFuture.completedFuture(save()));
    }

    /** Remembers a rate. */
    public void put(String from, String to, BigDecimal rate) {
        this.rates.put(from + "/" + to, rate);
    }

    SortedMap<String, BigDecimal> rates() {
        return this.rates;
    }

    private String save() throws IOException {
        Files.createDirectories(this.file.toAbsolutePath().getParent());
        // Whoever is killed meanwhile still has the old ones.
        Path next = this.file.resolveSibling("rates.json.next");
        Files.writeString(next, this.json.writeValueAsString(this.rates));
        Files.move(next, this.file, StandardCopyOption.ATOMIC_MOVE);
        return "saved " + this.rates.size() + " rates";
    }
}
