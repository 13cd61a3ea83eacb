package dev.settle.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.io.File
import java.net.URLClassLoader

/** An application that lacks what proxies need for suspend functions: it does not start, and says what to add. */
class MissingLibraryTests {

    @Test
    fun `without kotlinx-coroutines-reactor`() = assertThatWithout("kotlinx-coroutines-reactor")

    @Test
    fun `without kotlin-reflect`() = assertThatWithout("kotlin-reflect")

    @Test
    fun `with both it starts`() = assertThat(startingWithout("nothing")).isEqualTo(Start.STARTED)

    private fun assertThatWithout(library: String) {
        assertThat(startingWithout(library))
            .contains("method dev.settle.kotlin.Start\$Shop.price(String, Continuation)")
            .contains("without kotlinx-coroutines-reactor and kotlin-reflect no proxy can call a suspend function")
    }

    /** In classes of its own: whether a library is there, its neighbours have looked up long ago. */
    private fun startingWithout(library: String): String {
        val all = System.getProperty("java.class.path").split(File.pathSeparator).map(::File)
        val kept = all.filterNot { it.name.startsWith("$library-") }
        val loader = URLClassLoader(
            kept.map { it.toURI().toURL() }.toTypedArray(),
            ClassLoader.getPlatformClassLoader(),
        )
        val thread = Thread.currentThread()
        val before = thread.contextClassLoader
        return loader.use {
            thread.contextClassLoader = it
            try {
                it.loadClass(Start::class.java.name).getMethod("start").invoke(null) as String
            } finally {
                thread.contextClassLoader = before
            }
        }
    }
}
