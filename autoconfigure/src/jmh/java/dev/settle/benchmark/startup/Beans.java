package dev.settle.benchmark.startup;

import java.util.List;
import org.springframework.beans.factory.BeanFactory;

/** The beans of an application that starts; generated, see {@link BeanSources}. */
public interface Beans {

    /** The classes of the beans, and what switches the library on. */
    List<Class<?>> types();

    /** Calls one method of each. */
    void callEach(BeanFactory beans);
}
