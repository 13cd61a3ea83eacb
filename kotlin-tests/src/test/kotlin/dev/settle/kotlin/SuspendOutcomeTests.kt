package dev.settle.kotlin

import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Retry
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component

/** What the caller of a suspend function gets. */
class SuspendOutcomeTests {

    /** Kotlin's coroutines copy no exception that has a field of its own. */
    class OutOfStock(val item: String) : RuntimeException("No $item")

    class Plain(message: String) : RuntimeException(message)

    @Component
    class Shop(private val other: Other = Other()) {
        var attempts = 0
        val order = CompletableDeferred<String>()
        val soldOut = OutOfStock("tea")
        val plain = Plain("no tea")

        @Bulkhead(1)
        suspend fun price(item: String): String = "$item: ${order.await()}"

        @Bulkhead(1)
        suspend fun find(item: String): String? = if (item == "tea") item else null

        @Bulkhead(1)
        suspend fun note(line: String) {
            attempts += line.length
        }

        @Bulkhead(1)
        suspend fun refuse(): String = throw soldOut

        @Bulkhead(1)
        suspend fun refusePlainly(): String = throw plain

        @Retry(maxRetries = 1)
        suspend fun refuseEachTime(): String {
            attempts++
            throw OutOfStock("tea $attempts")
        }

        @Bulkhead(1)
        suspend fun twice(item: String): String = other.priceOf(item) + other.priceOf(item)
    }

    class Other {
        suspend fun priceOf(item: String): String {
            yield()
            return item
        }
    }

    @Test
    fun `a value comes when the function has it`() = withBean<Shop> {
        val price = calling { price("tea") }
        assertThat(price.isCompleted).isFalse()

        bean.order.complete("4.20")

        assertThat(price.value).isEqualTo("tea: 4.20")
    }

    @Test
    fun `null is a value`() = withBean<Shop> {
        assertThat(calling { find("coffee") }.value).isNull()
        assertThat(calling { find("tea") }.value).isEqualTo("tea")
    }

    @Test
    fun `a function of Unit returns when it is done`() = withBean<Shop> {
        val done = calling {
            note("abc")
            "done"
        }

        assertThat(done.value).isEqualTo("done")
        assertThat(bean.attempts).isEqualTo(3)
    }

    @Test
    fun `Unit comes back as Unit`() = withBean<Shop> {
        assertThat(calling<Any?> { note("abc") }.value).isEqualTo(Unit)
    }

    @Test
    fun `a function calls other suspend functions`() = withBean<Shop> {
        assertThat(calling { twice("tea") }.value).isEqualTo("teatea")
    }

    @Test
    fun `a suspend function is called without a dispatcher, too`() = withBean<Shop> {
        bean.order.complete("1")

        assertThat(runBlocking { bean.price("tea") }).isEqualTo("tea: 1")
    }

    @Test
    fun `the caller gets the failure itself`() = withBean<Shop> {
        assertThat(calling { refuse() }.failure).isSameAs(bean.soldOut)
    }

    @Test
    fun `what the coroutines copy for its stack trace has the failure as its cause`() = withBean<Shop> {
        val failure = calling { refusePlainly() }.failure

        assertThat(failure).isInstanceOf(Plain::class.java).hasMessage("no tea")
        assertThat(generateSequence(failure) { it.cause }.last()).isSameAs(bean.plain)
    }

    @Test
    fun `the last failure is given, with the one before it suppressed`() = withBean<Shop> {
        val failing = calling { refuseEachTime() }
        advance(10)

        assertThat(failing.failure).isInstanceOf(OutOfStock::class.java).hasMessage("No tea 2")
        assertThat(failing.failure.suppressed).singleElement().satisfies({ assertThat(it).hasMessage("No tea 1") })
    }
}
