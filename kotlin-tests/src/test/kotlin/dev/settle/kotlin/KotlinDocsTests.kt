package dev.settle.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.streams.asSequence

/** Every piece of Kotlin in the documentation stands, line by line, in a source that is compiled here. */
class KotlinDocsTests {

    private val root: Path = Path.of("").toAbsolutePath().parent

    @Test
    fun `Kotlin on the pages is compiled`() {
        val compiled = Path.of("src/test/kotlin").files(".kt").joinToString("\n//\n") { squeezed(it.readText()) }
        val blocks = (root.resolve("docs").files(".md") + listOf(root.resolve("README.md"))).flatMap { page ->
            KOTLIN.findAll(page.readText()).map { it.groupValues[1] }
        }.toList()

        assertThat(blocks).isNotEmpty().allSatisfy { assertThat(compiled).contains(squeezed(it)) }
    }

    private fun Path.files(ending: String): Sequence<Path> =
        Files.walk(this).use { files -> files.asSequence().filter { it.toString().endsWith(ending) }.toList() }.asSequence()

    /** Indentation and blank lines do not count. */
    private fun squeezed(code: String): String = code.lines().map(String::trim).filter(String::isNotEmpty).joinToString("\n")

    private companion object {
        val KOTLIN = Regex("```kotlin\\R(.*?)```", RegexOption.DOT_MATCHES_ALL)
    }
}
