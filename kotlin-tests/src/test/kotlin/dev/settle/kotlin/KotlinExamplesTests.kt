package dev.settle.kotlin

import dev.settle.test.VirtualTime
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.toList
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.time.Duration

/** The code of docs/kotlin.md does what the page says. */
class KotlinExamplesTests {

    private class HandClient : KotlinExamples.Client {
        val answer = CompletableDeferred<String>()

        override suspend fun price(item: String): String = answer.await()

        override suspend fun page(number: Int): List<String> = if (number < 2) listOf("a$number", "b$number") else listOf()

        override fun render(page: String, stop: () -> Boolean): ByteArray = page.toByteArray().also { check(!stop()) }
    }

    private val client = HandClient()
    private val time = VirtualTime()
    private val scope = CoroutineScope(Dispatchers.Unconfined + SupervisorJob())

    private fun withPrices(test: (KotlinExamples.Prices) -> Unit) =
        runner(time)
            .withBean(KotlinExamples.Client::class.java, { client })
            .withBean(KotlinExamples.Prices::class.java)
            .run { test(it.getBean(KotlinExamples.Prices::class.java)) }

    @Test
    fun `a price comes when the client has it`() = withPrices {
        val price = scope.async { it.price("tea") }

        client.answer.complete("4.20")

        assertThat(price.value).isEqualTo("4.20")
    }

    @Test
    fun `a flow gives all pages`() = withPrices {
        assertThat(scope.async { it.all().toList() }.value).containsExactly("a0", "b0", "a1", "b1")
    }

    @Test
    fun `pictures are drawn while the signal is not aborted`() = withPrices {
        assertThat(scope.async { it.picture("p") }.value).isEqualTo("p".toByteArray())
        assertThat(scope.async { it.pictures(listOf("p", "q")) }.value).hasSize(2)
    }

    @Test
    fun `a caller is told of a timeout, and goes on`() = withPrices {
        val log = mutableListOf<String>()
        KotlinExamples.Refresh(scope, it, log::add).start("tea")

        repeat(3) { time.advance(Duration.ofSeconds(20)) }

        assertThat(log).containsExactly("tea took longer than PT2S")
    }

    @Test
    fun `a caller is told of the end of the application`() {
        val log = mutableListOf<String>()

        withPrices { KotlinExamples.Refresh(scope, it, log::add).start("tea") }

        assertThat(log).containsExactly("tea was given up: SHUTDOWN")
    }
}
