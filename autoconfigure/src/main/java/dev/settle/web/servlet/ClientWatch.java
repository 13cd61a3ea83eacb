package dev.settle.web.servlet;

import jakarta.servlet.http.HttpServletRequest;

/** Watches over clients whose requests wait, where the container itself does not notice that one has gone. */
@FunctionalInterface
public interface ClientWatch {

    /** Nobody watches. */
    ClientWatch NONE = (request, gone) -> () -> {};

    /**
     * Watches the client of this request, on a thread of the container that handles it.
     *
     * @param gone run at most once, on a thread that may be kept
     * @return ends the watch; run on a thread of the container that handles the request
     */
    Runnable watch(HttpServletRequest request, Runnable gone);
}
