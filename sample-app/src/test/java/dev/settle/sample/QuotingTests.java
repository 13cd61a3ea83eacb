package dev.settle.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class QuotingTests {

    private static Desk desk;

    @BeforeAll
    static void open(@TempDir Path data) {
        desk = Desk.open(
                data,
                "settle.policies.provider.timeout.value=1s",
                "settle.policies.rates.retry.max-duration=4s",
                "settle.policies.rates.timeout.total=4s");
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @BeforeEach
    void behave() {
        desk.providers("failures=0&resets=0&hangs=0&latency=5ms");
    }

    @Test
    void quotesTheMedianOfTheAnswers() {
        HttpResponse<String> response = desk.post("/quotes", Desk.ORDER);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode quote = Desk.json(response);
        List<BigDecimal> rates = quote.get("providers")
                .valueStream()
                .filter(answer -> answer.get("outcome").asString().equals("ANSWERED"))
                .map(answer -> answer.get("rate").decimalValue())
                .sorted()
                .toList();
        assertThat(rates).hasSizeGreaterThanOrEqualTo(2);
        BigDecimal rate = quote.get("rate").decimalValue();
        assertThat(rate).isBetween(rates.get(0), rates.get(rates.size() - 1));
        assertThat(quote.get("result").decimalValue())
                .isEqualByComparingTo(rate.movePointRight(2).setScale(2, RoundingMode.HALF_EVEN));
    }

    @Test
    void showsAStoredQuoteAsItWasGiven() {
        HttpResponse<String> given = desk.post("/quotes", Desk.ORDER);
        String location = given.headers().firstValue("Location").orElseThrow();
        assertThat(Desk.json(desk.get(location))).isEqualTo(Desk.json(given));
        assertThat(desk.get("/rates").body()).contains("EUR/USD");
    }

    @Test
    void quotesThoughSomeProvidersFail() {
        desk.providers("failures=0.05&resets=0.1&hangs=0.05");
        long faults = desk.seen("faulted");
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 30)
                .mapToObj(i -> desk.postAsync("/quotes", Desk.ORDER))
                .toList();
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode())
                        .as(call.join().body())
                        .isEqualTo(201));
        assertThat(desk.seen("faulted")).isGreaterThan(faults);
    }

    @Test
    void closesTheConnectionOfAProviderThatIsNotWaitedForAnyMore() {
        desk.providers("latency=100ms");
        desk.providers("hangs=1&provider=osprey");
        long asked = desk.seen("osprey", "requests");
        long abandoned = desk.seen("osprey", "abandoned");
        JsonNode quote = Desk.json(desk.post("/quotes", Desk.ORDER));
        assertThat(outcome(quote, "osprey")).isEqualTo("CANCELLED");
        await().untilAsserted(() -> {
            assertThat(desk.seen("osprey", "waiting")).isZero();
            assertThat(desk.seen("osprey", "abandoned") - abandoned)
                    .isEqualTo(desk.seen("osprey", "requests") - asked)
                    .isPositive();
        });
    }

    @Test
    void asksAFailingProviderAgainWhenItWantsToBeAsked() {
        desk.providers("failures=1");
        long faults = desk.seen("faulted");
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<String>> call = desk.postAsync("/quotes", Desk.ORDER);
        await().until(() -> desk.seen("faulted") == faults + 3);
        desk.providers("failures=0");
        assertThat(call.join().statusCode()).as(call.join().body()).isEqualTo(201);
        // Retry-After: 1. The backoff alone would have asked after a tenth of that.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void givesUpOnHungProvidersAndHangsUpOnEach() {
        desk.providers("hangs=1");
        HttpResponse<String> response = desk.post("/quotes", Desk.ORDER);
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(Desk.json(response).get("detail").asString()).contains("exceeded its timeout of 4 s");
        await().until(() -> desk.seen("waiting") == 0);
    }

    @Test
    void saysThatTooFewProvidersAnswered() {
        desk.providers("resets=1");
        HttpResponse<String> response = desk.post("/quotes", Desk.ORDER);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(Desk.json(response).get("detail").asString()).startsWith("Too few providers answered");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'from':'EUR','to':'XXX','amount':100} | 'to' must be a code of GET /currencies",
                "{'to':'EUR','amount':100}              | 'from' must be a code of GET /currencies",
                "{'from':'EUR','to':'EUR','amount':100} | 'from' and 'to' must differ",
                "{'from':'EUR','to':'USD'}              | 'amount' must be more than 0",
                "{'from':'EUR','to':'USD','amount':-1}  | 'amount' must be more than 0",
                "{'from':'JPY','to':'USD','amount':0.5} | 'amount' must have at most 0 decimals in JPY",
                "{'from':                               | Failed to read request",
            },
            quoteCharacter = '"')
    void saysWhatIsWrongWithAnOrder(String order, String detail) {
        HttpResponse<String> response = desk.post("/quotes", order.replace('\'', '"'));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Desk.json(response).get("detail").asString()).startsWith(detail);
    }

    @Test
    void quotesManyTimesAtOnce() {
        JsonNode offers = Desk.json(desk.post("/quotes/burst?times=30", Desk.ORDER));

        assertThat(offers).hasSize(30);
        assertThat(offers)
                .extracting(offer -> offer.get("quote").get("id").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void tellsWhatBecameOfEachOfMany() {
        desk.providers("resets=1");

        JsonNode offers = Desk.json(desk.post("/quotes/burst?times=2", Desk.ORDER));

        assertThat(offers).hasSize(2).allSatisfy(offer -> {
            assertThat(offer.has("quote")).isFalse();
            assertThat(offer.get("problem").asString()).isNotBlank();
        });
    }

    @ParameterizedTest
    @CsvSource({"0", "101"})
    void refusesTooFewAndTooManyAtOnce(int times) {
        HttpResponse<String> response = desk.post("/quotes/burst?times=" + times, Desk.ORDER);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Desk.json(response).get("detail").asString()).startsWith("'times' must be between 1 and 100");
    }

    @ParameterizedTest
    @CsvSource({"hangs=2", "failures=0.6&resets=0.6", "latency=soon", "latency=5h", "provider=nobody"})
    void refusesFaultsThatCannotBe(String change) {
        HttpResponse<String> response = desk.post("/upstream?" + change, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }

    @Test
    void knowsTheCurrenciesOfToday() {
        assertThat(desk.get("/currencies").body())
                .contains("{\"code\":\"JPY\",\"name\":\"Japanese Yen\",\"digits\":0}", "KWD")
                .doesNotContain("\"DEM\"", "\"XXX\"");
    }

    private static String outcome(JsonNode quote, String provider) {
        return quote.get("providers")
                .valueStream()
                .filter(answer -> answer.get("provider").asString().equals(provider))
                .map(answer -> answer.get("outcome").asString())
                .findFirst()
                .orElseThrow();
    }
}
