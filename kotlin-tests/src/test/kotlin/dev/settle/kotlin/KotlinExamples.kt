package dev.settle.kotlin

import dev.settle.AbortedException
import dev.settle.CallTimeoutException
import dev.settle.abort.AbortSignal
import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Retry
import dev.settle.annotation.Timeout
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import org.springframework.stereotype.Component

/** The code of docs/kotlin.md. */
object KotlinExamples {

    interface Client {
        suspend fun price(item: String): String

        suspend fun page(number: Int): List<String>

        fun render(page: String, stop: () -> Boolean): ByteArray
    }

    @Component
    class Prices(private val client: Client) {

        @Retry(maxRetries = 2)
        @Timeout("2s")
        @Bulkhead(10)
        suspend fun price(item: String): String = client.price(item)

        @Bulkhead(2)
        @Timeout("30s")
        fun all(): Flow<String> = flow {
            var number = 0
            do {
                val page = client.page(number++)
                page.forEach { emit(it) }
            } while (page.isNotEmpty())
        }

        @Timeout("5s")
        suspend fun picture(page: String): ByteArray {
            val signal = AbortSignalElement.from(currentCoroutineContext())
            return client.render(page) { signal.aborted() }
        }

        @Timeout("5s")
        suspend fun pictures(pages: List<String>, signal: AbortSignal = AbortSignal.never()): List<ByteArray> =
            pages.map { page -> client.render(page) { signal.aborted() } }
    }

    class Refresh(private val scope: CoroutineScope, private val prices: Prices, private val log: (String) -> Unit) {

        fun start(item: String) {
            scope.launch {
                try {
                    log(prices.price(item))
                } catch (ex: CallTimeoutException) {
                    log("$item took longer than ${ex.limit()}")
                } catch (ex: AbortedException) {
                    currentCoroutineContext().ensureActive()
                    log("$item was given up: ${ex.reason().kind()}")
                }
            }
        }
    }
}
