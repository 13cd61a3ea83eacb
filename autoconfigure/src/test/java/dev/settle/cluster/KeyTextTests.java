package dev.settle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys as each instance writes them. */
class KeyTextTests {

    private enum Size {
        SMALL {
            @Override
            public String toString() {
                return "as you like it";
            }
        }
    }

    private record Seat(String row, int number) {}

    private record Picture(byte[] bytes) {}

    static List<Arguments> texts() {
        return List.of(
                Arguments.of("order:17", "order:17"),
                Arguments.of(17, "17"),
                Arguments.of(new BigDecimal("1.50"), "1.50"),
                Arguments.of(true, "true"),
                Arguments.of('x', "x"),
                Arguments.of(Size.SMALL, "SMALL"),
                Arguments.of(new UUID(1, 2), "00000000-0000-0001-0000-000000000002"),
                Arguments.of(LocalDate.of(2026, 11, 22), "2026-11-22"),
                Arguments.of(new Seat("a", 3), "(a,3)"),
                Arguments.of(List.of("a", 3, List.of()), "[a,3,[]]"),
                Arguments.of(Arrays.asList("a", null), "[a,null]"),
                Arguments.of(Set.of("q", "p", "r"), "[p,q,r]"),
                // Redis Cluster would take what is in braces for all of the key.
                Arguments.of("{a}", "%7Ba%7D"),
                Arguments.of("50%", "50%25"));
    }

    private static String text(Object key) {
        return KeyText.of(key, "book");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsTheSameEverywhere(Object key, String text) {
        assertThat(text(key)).isEqualTo(text);
    }

    @Test
    void partsDoNotRunIntoEachOther() {
        assertThat(text(List.of("a,b", "c"))).isNotEqualTo(text(List.of("a", "b,c")));
        assertThat(text(List.of("a", "b"))).isNotEqualTo(text(List.of("[a,b]")));
        assertThat(text(List.of("a%2Cb"))).isNotEqualTo(text(List.of("a,b")));
    }

    static List<Object> unknown() {
        return List.of(new Object(), new AtomicLong(), new Picture(new byte[1]), List.of(new Object()));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void whatHasNoTextOfItsOwnIsRefused(Object key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> text(key))
                .withMessageContaining("'book'")
                .withMessageContaining("use a text");
    }
}
