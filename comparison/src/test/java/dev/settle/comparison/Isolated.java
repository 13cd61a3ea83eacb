package dev.settle.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Loads some classes anew: for a library whose state is static and that can be shut down only once. */
final class Isolated extends ClassLoader {

    private final List<String> packages;

    Isolated(List<String> packages) {
        super(Isolated.class.getClassLoader());
        this.packages = packages;
    }

    Library library(Class<? extends Library> type) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Service loaders look there.
        thread.setContextClassLoader(this);
        try {
            return (Library) loadClass(type.getName()).getConstructor().newInstance();
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (this.packages.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return (loaded != null) ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException ex) {
            throw new ClassNotFoundException(name, ex);
        }
    }
}
