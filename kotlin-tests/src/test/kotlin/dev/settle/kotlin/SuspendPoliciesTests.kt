package dev.settle.kotlin

import dev.settle.CallRejectedException
import dev.settle.CallTimeoutException
import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Debounce
import dev.settle.annotation.Exclusive
import dev.settle.annotation.Retry
import dev.settle.annotation.Throttle
import dev.settle.annotation.Timeout
import kotlinx.coroutines.CompletableDeferred
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component

/** Each policy around a suspend function. */
class SuspendPoliciesTests {

    @Component
    class Shop {
        val calls = mutableListOf<String>()
        val answers = mutableListOf<CompletableDeferred<String>>()

        private suspend fun ask(what: String): String {
            calls += what
            return CompletableDeferred<String>().also { answers += it }.await()
        }

        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        suspend fun retried(id: String) = ask(id)

        @Timeout("2s")
        suspend fun timed(id: String) = ask(id)

        @Debounce("1s")
        suspend fun debounced(id: String) = ask(id)

        @Throttle(limit = 1, window = "1s")
        suspend fun throttled(id: String) = ask(id)

        @Bulkhead(1)
        suspend fun limited(id: String) = ask(id)

        @Exclusive(key = "#id", onConflict = Exclusive.OnConflict.REJECT)
        suspend fun exclusive(id: String) = ask(id)
    }

    private fun asking(test: Scene<Shop>.() -> Unit) = withBean<Shop>(test = test)

    @Test
    fun `a retry starts the function again after the delay`() = asking {
        val price = calling { retried("a") }
        bean.answers[0].completeExceptionally(IllegalStateException("away"))
        assertThat(bean.calls).hasSize(1)

        advance(1)
        bean.answers[1].complete("2.50")

        assertThat(price.value).isEqualTo("2.50")
    }

    @Test
    fun `a timeout cancels the function`() = asking {
        val price = calling { timed("a") }

        advance(2)

        assertThat(price.failure).isInstanceOf(CallTimeoutException::class.java)
    }

    @Test
    fun `a debounced function runs once, with the latest arguments`() = asking {
        val first = calling { debounced("a") }
        val second = calling { debounced("b") }

        advance(1)
        bean.answers.single().complete("found")

        assertThat(bean.calls).containsExactly("b")
        assertThat(listOf(first.value, second.value)).containsOnly("found")
    }

    @Test
    fun `a throttled function waits for its turn`() = asking {
        calling { throttled("a") }
        calling { throttled("b") }
        assertThat(bean.calls).containsExactly("a")

        advance(1)

        assertThat(bean.calls).containsExactly("a", "b")
    }

    @Test
    fun `a permit is held until the function returns, not until it suspends`() = asking {
        val first = calling { limited("a") }
        val second = calling { limited("b") }
        assertThat(bean.calls).containsExactly("a")

        bean.answers[0].complete("1")

        assertThat(first.value).isEqualTo("1")
        assertThat(bean.calls).containsExactly("a", "b")
        bean.answers[1].complete("2")
        assertThat(second.value).isEqualTo("2")
    }

    @Test
    fun `an exclusive function refuses a second call for its key while it is suspended`() = asking {
        calling { exclusive("a") }

        assertThat(calling { exclusive("a") }.failure).isInstanceOf(CallRejectedException::class.java)
        assertThat(calling { exclusive("b") }.isActive).isTrue()
    }
}
