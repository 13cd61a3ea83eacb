package dev.settle.sample.load;

import dev.settle.sample.SampleApplication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/** The application, with a filter before all others that writes down which requests have reached it. */
final class RecordedDesk extends OncePerRequestFilter {

    /** A request says by this header which one it is. */
    static final String ID = "X-Request";

    private final OutputStream record;

    private RecordedDesk(Path record) throws IOException {
        this.record = Files.newOutputStream(record, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    public static void main(String[] args) throws IOException {
        RecordedDesk desk = new RecordedDesk(Path.of(System.getProperty("record")));
        SpringApplication application = new SpringApplication(SampleApplication.class);
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(FilterRegistrationBean.class, () -> {
                    FilterRegistrationBean<RecordedDesk> filter = new FilterRegistrationBean<>(desk);
                    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
                    return filter;
                }));
        application.run(args);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = request.getHeader(ID);
        if (id != null) {
            note(id);
        }
        chain.doFilter(request, response);
    }

    /** Unbuffered: what is written is there, however this process ends. */
    private synchronized void note(String id) throws IOException {
        this.record.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
