package dev.settle.benchmark.startup;

import dev.settle.benchmark.Unit;
import dev.settle.benchmark.process.Applications;
import dev.settle.benchmark.process.Child;
import dev.settle.benchmark.process.Reading;
import dev.settle.benchmark.process.Vitals;
import org.springframework.context.ConfigurableApplicationContext;

/** In the child: starts an application, and tells how long it took and what it holds. */
final class Application {

    private Application() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Beans beans = (Beans) Class.forName("AllBeans").getConstructor().newInstance();
        ConfigurableApplicationContext context = Applications.start(beans.types());
        long ready = Vitals.sinceStart();
        long cpu = Vitals.cpu();
        long before = System.nanoTime();
        beans.callEach(context);
        long calls = System.nanoTime() - before;
        Reading.tell("ready", Unit.MILLIS, ready);
        Reading.tell("processor time until ready", Unit.MILLIS, cpu / 1e6);
        Reading.tell("first 20 calls", Unit.MILLIS, calls / 1e6);
        Reading.tell("heap after collection", Unit.MEGABYTES, Vitals.live() / 1e6);
        Reading.tell("metaspace", Unit.MEGABYTES, Vitals.metaspace() / 1e6);
        Reading.tell("classes", Unit.COUNT, Vitals.classes());
        Child.library(arguments);
        // The end is not what is measured.
        Runtime.getRuntime().halt(0);
    }
}
