package dev.settle.kotlin

import dev.settle.abort.AbortReason
import dev.settle.abort.AbortSignal
import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Retry
import dev.settle.annotation.Timeout
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.single
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component
import java.time.Duration
import java.util.concurrent.Executors

/** The signal of a call, wherever its coroutine goes. */
class SignalTests {

    @Component
    class Shop : AutoCloseable {
        val pool = Executors.newSingleThreadExecutor().asCoroutineDispatcher()

        override fun close() = pool.close()

        @Timeout("10s")
        suspend fun everywhere(signal: AbortSignal? = null): List<AbortSignal> = listOf(
            signal!!,
            AbortSignal.current(),
            AbortSignalElement.from(currentCoroutineContext()),
            yield().let { AbortSignal.current() },
            withContext(Dispatchers.Default) { AbortSignal.current() },
            withContext(Dispatchers.IO) { yield().let { AbortSignal.current() } },
            coroutineScope { async(CoroutineName("child")) { AbortSignal.current() }.await() },
            coroutineScope { async(pool) { AbortSignalElement.from(currentCoroutineContext()) }.await() },
        )

        @Timeout("10s")
        fun flowing(): Flow<AbortSignal> = flow {
            emit(AbortSignal.current())
            emit(AbortSignalElement.from(currentCoroutineContext()))
            emit(withContext(pool) { AbortSignal.current() })
        }

        @Timeout("10s")
        suspend fun flowingLater(): Flow<AbortSignal> = flow {
            emit(AbortSignalElement.from(currentCoroutineContext()))
        }

        @Retry(maxRetries = 1)
        suspend fun attempt(seen: MutableList<AbortSignal>) {
            seen += AbortSignal.current()
            check(seen.size > 1)
        }

        @Bulkhead(1)
        suspend fun given(signal: AbortSignal): AbortReason? {
            yield()
            return signal.reason().orElse(null)
        }

        @Bulkhead(1)
        suspend fun mine() = AbortSignal.current()

        @Bulkhead(1)
        suspend fun nested(inner: suspend () -> AbortSignal): Pair<AbortSignal, AbortSignal> {
            val within = inner()
            return within to AbortSignal.current()
        }
    }

    @Test
    fun `it is the same on every dispatcher and in every child`() = withBean<Shop> {
        val signals = runBlocking { bean.everywhere() }

        assertThat(signals).hasSize(8).allSatisfy { assertThat(it).isSameAs(signals.first()) }
        assertThat(signals.first()).isNotSameAs(AbortSignal.never())
        assertThat(signals.first().remaining()).contains(Duration.ofSeconds(10))
    }

    @Test
    fun `it is in a flow, too`() = withBean<Shop> {
        val signals = runBlocking { bean.flowing().toList() }

        assertThat(signals).hasSize(3).allSatisfy { assertThat(it).isSameAs(signals.first()) }
        assertThat(signals.first().remaining()).contains(Duration.ofSeconds(10))
    }

    @Test
    fun `it is in the context of the flow of a suspend function`() = withBean<Shop> {
        val signal = runBlocking { bean.flowingLater().single() }

        assertThat(signal.remaining()).contains(Duration.ofSeconds(10))
    }

    @Test
    fun `nothing of it is left on the threads afterwards`() = withBean<Shop> {
        runBlocking {
            bean.everywhere()
            assertThat(AbortSignal.current()).isSameAs(AbortSignal.never())
            assertThat(withContext(bean.pool) { AbortSignal.current() }).isSameAs(AbortSignal.never())
            assertThat(withContext(Dispatchers.Default) { AbortSignal.current() }).isSameAs(AbortSignal.never())
        }
    }

    @Test
    fun `outside a call it is the one that never aborts`() = runBlocking<Unit> {
        assertThat(AbortSignalElement.from(currentCoroutineContext())).isSameAs(AbortSignal.never())
    }

    @Test
    fun `each attempt has one`() = withBean<Shop> {
        val seen = mutableListOf<AbortSignal>()
        val call = calling { attempt(seen) }
        advance(1)

        assertThat(call.isCompleted).isTrue()
        assertThat(seen).hasSize(2).doesNotContain(AbortSignal.never())
    }

    @Test
    fun `what the caller passes is linked in`() = withBean<Shop> {
        val passed = AbortSignal.timeout(Duration.ZERO)
        while (!passed.aborted()) {
            Thread.onSpinWait()
        }

        assertThat(calling { given(passed) }.isCancelled).isTrue()
        assertThat(calling { given(AbortSignal.never()) }.value).isNull()
    }

    @Test
    fun `the one of an inner call ends with it`() = withBean<Shop> {
        lateinit var outer: AbortSignal
        val call = calling {
            nested {
                outer = AbortSignal.current()
                bean.mine()
            }
        }

        assertThat(call.value.first).isNotSameAs(outer)
        assertThat(call.value.second).isSameAs(outer)
    }
}
