package dev.settle.kotlin

import dev.settle.annotation.Bulkhead
import dev.settle.autoconfigure.SettleAutoConfiguration
import org.springframework.beans.factory.BeanCreationException
import org.springframework.context.annotation.AnnotationConfigApplicationContext
import org.springframework.stereotype.Component

/** Starts an application with a suspend function; called in another class loader, too. */
object Start {

    const val STARTED = "started"

    @Component
    class Shop {
        @Bulkhead(1)
        suspend fun price(id: String): String = id
    }

    /** What became of it. */
    @JvmStatic
    fun start(): String =
        try {
            AnnotationConfigApplicationContext(SettleAutoConfiguration::class.java, Shop::class.java).close()
            STARTED
        } catch (ex: BeanCreationException) {
            ex.mostSpecificCause.message!!
        }
}
