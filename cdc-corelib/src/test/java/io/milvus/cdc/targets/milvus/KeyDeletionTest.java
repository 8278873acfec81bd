package io.milvus.cdc.targets.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.cdc.internal.milvus.Dialect;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyDeletionTest {
  private static final Binding BOOKS =
      new Binding(OneClientTarget.BOOKS, "default", 1, List.of(), Map.of());

  private static List<KeyDeletion> of(Collection<Object> keys) {
    return KeyDeletion.of(BOOKS, "id", Dialect.MILVUS, "", keys);
  }

  @Test
  void longKeysGoInRequestsThatAProxyTakes() {
    List<Object> keys =
        IntStream.range(0, 100).<Object>mapToObj(i -> "\u0001".repeat(65_530) + i).toList();
    List<KeyDeletion> requests = of(keys);

    assertThat(requests).hasSize(7);
    assertThat(requests)
        .allMatch(one -> Dialect.MILVUS.in("id", one.keys()).length() < 5 << 20)
        .flatExtracting(KeyDeletion::keys)
        .hasSize(100)
        .doesNotHaveDuplicates();
  }

  @Test
  void aMessageNamesTheFirstKeysCut() {
    assertThat(of(List.of("a\n", "x".repeat(100))).get(0).whole())
        .startsWith("delete 2 keys from default.books (keys \"a\\u{a}\", \"xxx")
        .endsWith("... (100 bytes, SHA-256 09ecb6ebc8bcefc7))");
    assertThat(of(List.of(1L, 2L, 3L, 4L, 5L)).get(0).whole())
        .endsWith("(keys 1, 2, 3 and 2 more)");
  }

  @Test
  void noKeysAreNoRequest() {
    assertThat(of(List.of())).isEmpty();
  }
}
