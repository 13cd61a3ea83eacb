package dev.settle.kotlin

import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Retry
import dev.settle.annotation.Throttle
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.ExecutorCoroutineDispatcher
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component
import java.util.concurrent.Executors

/** However many callers wait, their one thread is free for others. */
class WaitingTests {

    @Component
    class Shop {
        val open = CompletableDeferred<Unit>()
        var runs = 0

        @Bulkhead(value = 1, queueCapacity = MANY, maxWait = "1h")
        suspend fun limited(): Int {
            open.await()
            return ++runs
        }

        @Throttle(limit = 1, window = "1s", queueCapacity = MANY, maxWait = "24h")
        suspend fun throttled(): Int = ++runs

        @Retry(maxRetries = 1, delay = "1s", jitter = Retry.Jitter.NONE)
        suspend fun retried(): Int {
            runs++
            check(open.isCompleted) { "not open" }
            return runs
        }
    }

    @Test
    fun `for a permit`() = withBean<Shop> {
        onOneThread { thread ->
            val waiting = List(MANY) { CoroutineScope(thread).async { bean.limited() } }
            assertThatOthersRunOn(thread)

            bean.open.complete(Unit)

            assertThat(withTimeout(PATIENCE) { waiting.awaitAll() }).containsExactlyElementsOf(1..MANY)
        }
    }

    @Test
    fun `for the rate`() = withBean<Shop> {
        onOneThread { thread ->
            val waiting = List(MANY) { CoroutineScope(thread).async { bean.throttled() } }
            waiting.first().await()
            assertThatOthersRunOn(thread)

            assertThat(bean.runs).isEqualTo(1)
            advance(MANY.toLong())
            withTimeout(PATIENCE) { waiting.awaitAll() }
        }
    }

    @Test
    fun `for the next attempt`() = withBean<Shop> {
        onOneThread { thread ->
            val waiting = List(MANY) { CoroutineScope(thread).async { bean.retried() } }
            withTimeout(PATIENCE) {
                while (timers < MANY) {
                    yield()
                }
            }
            assertThatOthersRunOn(thread)

            bean.open.complete(Unit)
            advance(1)

            assertThat(withTimeout(PATIENCE) { waiting.awaitAll() }).containsExactlyElementsOf(MANY + 1..2 * MANY)
        }
    }

    private fun onOneThread(test: suspend (ExecutorCoroutineDispatcher) -> Unit) =
        Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { runBlocking { test(it) } }

    private suspend fun assertThatOthersRunOn(thread: ExecutorCoroutineDispatcher) =
        withTimeout(PATIENCE) { CoroutineScope(thread).launch { }.join() }

    private companion object {
        const val MANY = 10_000
        const val PATIENCE = 30_000L
    }
}
