package dev.settle.web.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.settle.AbortedException;
import dev.settle.abort.AbortReason;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

class LostConnectionTests {

    static Stream<Throwable> ofTheClient() {
        return Stream.of(
                new ClientAbortException("gone"),
                new AsyncRequestNotUsableException("gone"),
                new IOException("Broken pipe"),
                new IOException("Connection reset by peer"));
    }

    @ParameterizedTest
    @MethodSource("ofTheClient")
    void clientHasGone(Throwable failure) {
        assertThat(LostConnection.isReason(failure)).isTrue();
    }

    static Stream<Throwable> ofTheApplication() {
        return Stream.of(
                new FileNotFoundException("prices.csv"),
                new EOFException(),
                new SocketTimeoutException("Read timed out"),
                new IOException("wrapped", new IOException("Broken pipe")),
                new IllegalStateException(new IOException("Broken pipe")),
                new AbortedException(AbortReason.application("given up")));
    }

    @ParameterizedTest
    @MethodSource("ofTheApplication")
    void applicationHasFailed(Throwable failure) {
        assertThat(LostConnection.isReason(failure)).isFalse();
    }
}
