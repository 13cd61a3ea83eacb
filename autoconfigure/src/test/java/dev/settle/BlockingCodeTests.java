package dev.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;

/** Nothing waits inside {@code synchronized}: read from the byte code, with all callers of what parks a thread. */
class BlockingCodeTests {

    private static final Path CLASSES = Path.of("target/classes/dev/settle");

    /** What keeps a thread until something happens. */
    private static final Set<String> BLOCKING = Set.of(
            "java/util/concurrent/locks/LockSupport.park",
            "java/util/concurrent/locks/LockSupport.parkNanos",
            "java/util/concurrent/Future.get",
            "java/util/concurrent/CompletableFuture.get",
            "java/util/concurrent/CompletableFuture.join",
            "java/util/concurrent/CountDownLatch.await",
            "java/util/concurrent/Semaphore.acquire",
            "java/util/concurrent/locks/Lock.lock",
            "java/util/concurrent/locks/ReentrantLock.lock",
            "java/util/concurrent/locks/Condition.await",
            "java/util/concurrent/BlockingQueue.take",
            "java/lang/Object.wait",
            "java/lang/Thread.join",
            "java/lang/Thread.sleep");

    private final Set<String> locking = new HashSet<>();
    private final Map<String, Set<String>> callers = new HashMap<>();

    private void read(InputStream type) throws IOException {
        ClassReader reader = new ClassReader(type);
        reader.accept(new Methods(reader.getClassName()), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    private final class Methods extends ClassVisitor {

        private final String type;

        Methods(String type) {
            super(SpringAsmInfo.ASM_VERSION);
            this.type = type;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            String method = this.type + "." + name;
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                BlockingCodeTests.this.locking.add(method);
            }
            return new MethodVisitor(SpringAsmInfo.ASM_VERSION) {

                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.MONITORENTER) {
                        BlockingCodeTests.this.locking.add(method);
                    }
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String descriptor, boolean isInterface) {
                    BlockingCodeTests.this
                            .callers
                            .computeIfAbsent(owner + "." + called, key -> new HashSet<>())
                            .add(method);
                }
            };
        }
    }

    /** The methods that wait, and, as far as calls are written out, those that call them. */
    private Set<String> waiting() {
        Set<String> found = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(BLOCKING);
        while (!next.isEmpty()) {
            for (String caller : this.callers.getOrDefault(next.remove(), Set.of())) {
                if (found.add(caller)) {
                    next.add(caller);
                }
            }
        }
        return found;
    }

    @Test
    void nothingThatWaitsIsInsideSynchronized() throws IOException {
        try (Stream<Path> classes = Files.walk(CLASSES)) {
            for (Path type :
                    classes.filter(path -> path.toString().endsWith(".class")).toList()) {
                try (InputStream code = Files.newInputStream(type)) {
                    read(code);
                }
            }
        }

        assertThat(waiting())
                .contains("dev/settle/core/CallerThread.waitFor", "dev/settle/core/Calls.sync")
                .doesNotContainAnyElementsOf(this.locking);
    }

    private static synchronized void broken() throws InterruptedException {
        Thread.sleep(1);
    }

    @Test
    void theSearchFindsWhatWaitsInsideSynchronized() throws IOException {
        try (InputStream code = BlockingCodeTests.class.getResourceAsStream("BlockingCodeTests.class")) {
            read(code);
        }

        assertThat(waiting()).containsAnyElementsOf(this.locking);
        assertThat(this.locking).containsAll(List.of("dev/settle/BlockingCodeTests.broken"));
    }
}
