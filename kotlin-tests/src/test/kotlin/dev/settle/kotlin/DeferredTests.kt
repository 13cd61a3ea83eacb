package dev.settle.kotlin

import dev.settle.CallTimeoutException
import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Retry
import dev.settle.annotation.Timeout
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component

/** A function that returns a Deferred: its work has begun when it returns, as that of a future. */
class DeferredTests {

    @Component
    class Shop {
        val answers = mutableListOf<CompletableDeferred<String?>>()

        private fun ask(): Deferred<String?> = CompletableDeferred<String?>().also { answers += it }

        @Bulkhead(1)
        fun limited(): Deferred<String?> = ask()

        @Timeout("1s")
        fun timed(): Deferred<String?> = ask()

        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        fun retried(): Deferred<String?> = ask()

        @Bulkhead(1)
        fun lazy(): Deferred<String> =
            CoroutineScope(Dispatchers.Unconfined).async(start = CoroutineStart.LAZY) { "lazy" }
    }

    @Test
    fun `the call begins at once and gives the value`() = withBean<Shop> {
        val price = bean.limited()
        assertThat(bean.answers).hasSize(1)

        bean.answers[0].complete("1")

        assertThat(price.value).isEqualTo("1")
    }

    @Test
    fun `null is a value`() = withBean<Shop> {
        val price = bean.limited()

        bean.answers[0].complete(null)

        assertThat(price.value).isNull()
    }

    @Test
    fun `the permit is held until it is complete`() = withBean<Shop> {
        bean.limited()
        bean.limited()
        assertThat(bean.answers).hasSize(1)

        bean.answers[0].complete("1")

        assertThat(bean.answers).hasSize(2)
    }

    @Test
    fun `cancelling the caller's cancels the function's`() = withBean<Shop> {
        val price = bean.limited()

        price.cancel()

        assertThat(bean.answers[0].isCancelled).isTrue()
    }

    @Test
    fun `a timeout cancels the function's`() = withBean<Shop> {
        val price = bean.timed()

        advance(1)

        assertThat(price.failure).isInstanceOf(CallTimeoutException::class.java)
        assertThat(bean.answers[0].isCancelled).isTrue()
    }

    @Test
    fun `a failure is retried`() = withBean<Shop> {
        val price = bean.retried()
        bean.answers[0].completeExceptionally(IllegalStateException("away"))

        advance(1)
        bean.answers[1].complete("1")

        assertThat(price.value).isEqualTo("1")
    }

    @Test
    fun `a lazy one is started`() = withBean<Shop> {
        assertThat(bean.lazy().value).isEqualTo("lazy")
    }
}
