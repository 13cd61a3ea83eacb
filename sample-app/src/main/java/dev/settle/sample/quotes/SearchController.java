package dev.settle.sample.quotes;

import dev.settle.annotation.Debounce;
import dev.settle.sample.quotes.CurrencyIndex.Found;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Searches while somebody types. */
@RestController
class SearchController {

    private final CurrencyIndex index;

    SearchController(CurrencyIndex index) {
        this.index = index;
    }

    /**
     * One search for the latest text when the typing pauses. All who asked meanwhile get what it found, and it says for
     * what; none of them holds a thread.
     */
    @GetMapping("/search")
    @Debounce(name = "search", value = "300ms", maxWait = "1s", key = "#session")
    public CompletableFuture<Found> search(@RequestParam String session, @RequestParam String text) {
        return CompletableFuture.completedFuture(this.index.find(text));
    }
}
