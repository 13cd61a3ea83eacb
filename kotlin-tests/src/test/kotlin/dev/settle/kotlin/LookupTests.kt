package dev.settle.kotlin

import dev.settle.annotation.Bulkhead
import dev.settle.annotation.Exclusive
import kotlinx.coroutines.CompletableDeferred
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Component

/** Where annotations are found in Kotlin's classes. */
class LookupTests {

    @JvmInline
    value class Id(val text: String)

    interface Prices {
        @Bulkhead(1)
        suspend fun ofInterface(id: String): String
    }

    /** Counts what runs at the same time. */
    @Component
    class Counting {
        val open = CompletableDeferred<Unit>()
        var running = 0

        suspend fun count(id: String): String {
            running++
            open.await()
            return id
        }
    }

    @Component
    class Shop : Counting(), Prices {

        override suspend fun ofInterface(id: String) = count(id)

        @Bulkhead(1)
        suspend fun withDefault(id: String = "default", times: Int = 2) = count(id.repeat(times))

        @Bulkhead(1)
        suspend fun withNullable(id: String? = "default") = count(id ?: "null")

        @Bulkhead(1)
        internal suspend fun ofModule(id: String) = count(id)

        @Bulkhead(1)
        suspend fun ofValue(id: Id) = Id(count(id.text))

        @Exclusive(key = "#id")
        suspend fun keyed(id: String) = count(id)

        @Exclusive(key = "#p0")
        suspend fun keyedByPosition(id: String) = count(id)

        @Bulkhead(1)
        suspend fun <T : Any> generic(value: T): T = value.also { count("") }


        @get:Bulkhead(1)
        val property: String
            get() = "property"

    }

    @Component
    @Bulkhead(1)
    class AllLimited : Counting() {
        suspend fun price(id: String) = count(id)
    }

    /** Two callers, of whom one runs. */
    private fun <T : Counting> Scene<T>.assertOneAtATime(expected: Any?, work: suspend T.() -> Any?) {
        val calls = List(2) { calling(work) }
        assertThat(bean.running).isEqualTo(1)

        bean.open.complete(Unit)

        assertThat(calls.map { it.value }).containsOnly(expected)
        assertThat(bean.running).isEqualTo(2)
    }

    @Test
    fun `on an interface`() = withBean<Shop> { assertOneAtATime("a") { ofInterface("a") } }

    @Test
    fun `on a class`() = withBean<AllLimited> { assertOneAtATime("a") { price("a") } }

    @Test
    fun `on a function with default arguments`() = withBean<Shop> {
        assertOneAtATime("defaultdefault") { withDefault() }
    }

    @Test
    fun `on a function whose defaults are partly used`() = withBean<Shop> {
        assertOneAtATime("aa") { withDefault("a") }
    }

    @Test
    fun `null for an argument that has a default is the default, as with every proxy of Spring's`() = withBean<Shop> {
        bean.open.complete(Unit)

        assertThat(calling { withNullable(null) }.value).isEqualTo("default")
    }

    @Test
    fun `on an internal function`() = withBean<Shop> { assertOneAtATime("a") { ofModule("a") } }

    @Test
    fun `on a function of value classes`() = withBean<Shop> { assertOneAtATime(Id("a")) { ofValue(Id("a")) } }

    @Test
    fun `on a generic function`() = withBean<Shop> { assertOneAtATime(42) { generic(42) } }

    @Test
    fun `with a key by the parameter's name`() = withBean<Shop> { assertOneAtATime("a") { keyed("a") } }

    @Test
    fun `with a key by the parameter's position`() = withBean<Shop> { assertOneAtATime("a") { keyedByPosition("a") } }

    @Test
    fun `on the getter of a property`() = withBean<Shop> { assertThat(bean.property).isEqualTo("property") }
}
