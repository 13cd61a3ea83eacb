package dev.settle.ui;

/**
 * What has changed in a moment, or all there is, as the page reads it.
 *
 * @param run the run of the feed that it is of
 * @param number counts the frames
 * @param json the frame
 */
record Frame(String run, long number, String json) {}
