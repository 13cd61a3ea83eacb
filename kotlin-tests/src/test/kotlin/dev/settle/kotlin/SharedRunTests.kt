package dev.settle.kotlin

import dev.settle.annotation.Debounce
import dev.settle.annotation.Exclusive
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.async
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.job
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component

/** One run of a suspend function for several callers. */
class SharedRunTests {

    @Component
    class Shop {
        val runs = mutableListOf<String>()
        val answer = CompletableDeferred<String>()

        private suspend fun ask(): String {
            runs += currentCoroutineContext()[CoroutineName]!!.name
            return answer.await()
        }

        @Debounce("1s")
        suspend fun debounced() = ask()

        @Exclusive(onConflict = Exclusive.OnConflict.JOIN)
        suspend fun joined() = ask()

        @Exclusive(onConflict = Exclusive.OnConflict.JOIN)
        fun joinedFlow(): Flow<String> = flow {
            emit("first")
            emit(ask())
        }
    }

    private fun Scene<Shop>.callingAs(name: String, work: suspend Shop.() -> Any) =
        scope.async(CoroutineName(name)) { bean.work() }

    @Test
    fun `a debounce runs in the context of the caller that came last`() = withBean<Shop> {
        val calls = listOf("a", "b", "c").map { callingAs(it) { debounced() } }
        advance(1)
        bean.answer.complete("found")

        assertThat(bean.runs).containsExactly("c")
        assertThat(calls.map { it.value }).containsExactly("found", "found", "found")
    }

    @Test
    fun `the caller in whose context a debounce runs may leave`() = withBean<Shop> {
        val first = callingAs("a") { debounced() }
        val last = callingAs("b") { debounced() }
        advance(1)
        last.cancel()
        bean.answer.complete("found")

        assertThat(bean.runs).containsExactly("b")
        assertThat(first.value).isEqualTo("found")
    }

    @Test
    fun `who joins shares the run of the first`() = withBean<Shop> {
        val first = callingAs("a") { joined() }
        val second = callingAs("b") { joined() }
        bean.answer.complete("found")

        assertThat(bean.runs).containsExactly("a")
        assertThat(listOf(first.value, second.value)).containsOnly("found")
    }

    @Test
    fun `a run is cancelled when the last who shares it has gone`() = withBean<Shop> {
        val first = callingAs("a") { joined() }
        val second = callingAs("b") { joined() }
        first.cancel()
        assertThat(callingAs("c") { joined() }.isActive).isTrue()
        assertThat(bean.runs).containsExactly("a")

        second.cancel()
        scope.coroutineContext.job.children.forEach { it.cancel() }
        callingAs("d") { joined() }

        assertThat(bean.runs).containsExactly("a", "d")
    }

    @Test
    fun `who joins a flow gets all of its values`() = withBean<Shop> {
        val first = callingAs("a") { joinedFlow().toList() }
        val second = callingAs("b") { joinedFlow().toList() }
        bean.answer.complete("second")

        assertThat(bean.runs).containsExactly("a")
        assertThat(listOf(first.value, second.value)).containsOnly(listOf("first", "second"))
    }
}
