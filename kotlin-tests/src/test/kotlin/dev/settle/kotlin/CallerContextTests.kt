package dev.settle.kotlin

import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Retry
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ThreadContextElement
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.slf4j.MDCContext
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.slf4j.MDC
import org.springframework.stereotype.Component
import java.util.concurrent.Executors
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext

/** The context of the caller's coroutine is the function's, on every attempt. */
class CallerContextTests {

    class Tenant(private val name: String) : ThreadContextElement<String?> {

        override val key = Key

        override fun updateThreadContext(context: CoroutineContext): String? =
            current.get().also { current.set(name) }

        override fun restoreThreadContext(context: CoroutineContext, oldState: String?) = current.set(oldState)

        companion object Key : CoroutineContext.Key<Tenant> {
            val current = ThreadLocal<String?>()
        }
    }

    @Component
    class Shop {
        val seen = mutableListOf<String>()

        @Retry(maxRetries = 2, delay = "1s", multiplier = 1.0, jitter = Retry.Jitter.NONE)
        suspend fun retried() {
            look()
            yield()
            look()
            check(seen.size > 4)
        }

        @Retry(maxRetries = 2, delay = "1s", multiplier = 1.0, jitter = Retry.Jitter.NONE)
        fun flowing(): Flow<Int> = flow {
            look()
            yield()
            look()
            check(seen.size > 4)
            emit(1)
        }

        private suspend fun look() {
            val name = currentCoroutineContext()[CoroutineName]?.name
            seen += "$name ${Tenant.current.get()} ${MDC.get("order")}"
        }

        @Bulkhead(1)
        suspend fun dispatcher() = currentCoroutineContext()[ContinuationInterceptor]

        @Bulkhead(1)
        fun flowOnDispatcher(): Flow<String> = flow { emit(Thread.currentThread().name) }
    }

    private val callers = CoroutineName("pricing") + Tenant("acme") + MDCContext(mapOf("order" to "4711"))

    @Test
    fun `of a suspend function`() = withBean<Shop> {
        val call = scope.async(callers) { bean.retried() }
        advance(1)
        advance(1)

        assertThat(call.isCompleted).isTrue()
        assertThat(bean.seen).hasSize(6).containsOnly("pricing acme 4711")
    }

    @Test
    fun `of a flow, whose context is its collector's`() = withBean<Shop> {
        val call = scope.async(callers) { bean.flowing().toList() }
        advance(1)
        advance(1)

        assertThat(call.value).containsExactly(1)
        assertThat(bean.seen).hasSize(6).containsOnly("pricing acme 4711")
    }

    @Test
    fun `nothing of it is left on the threads afterwards`() = withBean<Shop> {
        scope.async(callers) { bean.retried() }
        advance(1)
        advance(1)

        assertThat(Tenant.current.get()).isNull()
        assertThat(MDC.get("order")).isNull()
    }

    @Test
    fun `a function runs on its caller's dispatcher`() = withBean<Shop> {
        val seen = runBlocking { withContext(Dispatchers.Default) { bean.dispatcher() } }

        assertThat(seen).isSameAs(Dispatchers.Default)
    }

    @Test
    fun `a flow runs on its collector's dispatcher`() = withBean<Shop> {
        val threads = Executors.newSingleThreadExecutor { Thread(it, "collecting") }.asCoroutineDispatcher().use {
            runBlocking { withContext(it) { bean.flowOnDispatcher().toList() } }
        }

        assertThat(threads.single()).startsWith("collecting")
    }
}
