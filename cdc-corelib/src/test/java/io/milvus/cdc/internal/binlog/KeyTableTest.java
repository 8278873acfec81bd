package io.milvus.cdc.internal.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.milvus.cdc.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyTableTest {
  @TempDir Path directory;

  @Test
  void behavesAsAMapOfObjects() {
    Seeded.times(
        200,
        random -> {
          try (KeyTable table = new KeyTable(directory)) {
            Map<List<Long>, Long> expected = new HashMap<>();
            long step = random.nextBoolean() ? 1 : 1L << random.nextInt(60);
            int seconds = 1 + random.nextInt(3);
            for (int i = random.nextInt(2_000); i > 0; i--) {
              long first = random.nextLong(-500, 500) * step;
              long second = random.nextInt(seconds) * step;
              long value = random.nextLong(1, 1_000);
              table.putGreatest(first, second, value);
              expected.merge(List.of(first, second), value, Math::max);
            }
            assertThat(table.size()).isEqualTo(expected.size());
            for (long key = -500; key < 500; key++) {
              for (long second = 0; second < 3; second++) {
                assertThat(table.get(key * step, second * step))
                    .isEqualTo(expected.getOrDefault(List.of(key * step, second * step), 0L));
              }
            }
          }
        });
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aLargeTableIsOnDiskUntilItIsClosed() throws IOException {
    int count = 2_000_000;
    try (KeyTable table = new KeyTable(directory)) {
      for (long key = 0; key < count; key++) {
        table.putGreatest(key * key, key, key + 1);
      }

      assertThat(table.size()).isEqualTo(count);
      try (var files = Files.list(directory)) {
        assertThat(files).hasSizeLessThanOrEqualTo(1);
      }
      boolean all = true;
      for (long key = 0; key < count; key++) {
        all &= table.get(key * key, key) == key + 1 && table.get(key * key, key + 1) == 0;
      }
      assertThat(all).isTrue();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void zeroIsAKeyAndNoValue() throws IOException {
    try (KeyTable table = new KeyTable(directory)) {
      table.putGreatest(0, 0, 5);

      assertThat(table.get(0, 0)).isEqualTo(5);
      assertThatIllegalArgumentException().isThrownBy(() -> table.putGreatest(1, 0, 0));
    }
  }
}
