package dev.settle.sample.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Shows what the providers have seen, and tells them how to behave from now on. */
@RestController
@RequestMapping("/upstream")
final class UpstreamController {

    private final Upstream upstream;

    UpstreamController(Upstream upstream) {
        this.upstream = upstream;
    }

    @GetMapping
    List<ProviderStatus> status() {
        return this.upstream.status();
    }

    /** Changes what is given, of one provider or of all. */
    @PostMapping
    List<ProviderStatus> change(
            @RequestParam @Nullable String provider,
            @RequestParam @Nullable Double failures,
            @RequestParam @Nullable Double resets,
            @RequestParam @Nullable Double hangs,
            @RequestParam @Nullable String latency) {
        try {
            for (Provider each : named(provider)) {
                Faults now = each.faults();
                each.behave(new Faults(
                        failures == null ? now.failures() : failures,
                        resets == null ? now.resets() : resets,
                        hangs == null ? now.hangs() : hangs,
                        latency == null ? now.latency() : DurationStyle.detectAndParse(latency)));
            }
        } catch (IllegalArgumentException ex) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, ex.getMessage(), ex);
        }
        return status();
    }

    private List<Provider> named(@Nullable String name) {
        List<Provider> found = this.upstream.providers().stream()
                .filter(provider -> name == null || provider.name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("There is no provider '" + name + "'");
        }
        return found;
    }
}
