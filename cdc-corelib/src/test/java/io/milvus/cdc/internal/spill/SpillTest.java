package io.milvus.cdc.internal.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
  @TempDir Path directory;

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void bytesComeBackAsTheyWere() {
    try (Spill spill = Spill.in(directory)) {
      Seeded.times(
          3,
          random -> {
            List<byte[]> bytes = new ArrayList<>();
            List<Payload> kept = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
              bytes.add(Seeded.bytes(random, random.nextInt(5000)));
              kept.add(spill.keep(bytes.get(i)));
            }
            for (int i = 199; i >= 0; i--) {
              assertThat(kept.get(i).size()).isEqualTo(bytes.get(i).length);
              assertThat(kept.get(i).bytes()).isEqualTo(bytes.get(i));
            }
            kept.forEach(spill::release);
          });
    }
  }

  @Test
  void roomIsUsedAgainWhenNothingIsNeeded() {
    try (Spill spill = Spill.in(directory)) {
      Payload one = spill.keep(new byte[1000]);
      Payload two = spill.keep(new byte[] {4, 5});
      spill.release(one);
      assertThat(two.bytes()).containsExactly(4, 5);
      spill.release(two);

      Payload three = spill.keep(new byte[] {1, 2, 3});
      assertThat(three.bytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void payloadsInMemoryAreLeftAlone() {
    try (Spill spill = Spill.in(directory)) {
      Payload kept = spill.keep(new byte[] {7});
      spill.release(Payload.of(new byte[5]));

      assertThat(kept.bytes()).containsExactly(7);
      assertThat(Spill.holds(kept)).isTrue();
      assertThat(Spill.holds(Payload.of(new byte[5]))).isFalse();
    }
  }

  @Test
  void nothingIsLeftAfterClosing() throws Exception {
    Spill spill = Spill.in(directory);
    spill.keep(new byte[1000]);
    spill.close();

    assertThat(files()).isEmpty();
  }

  @Test
  void twoTasksCanShareADirectory() {
    try (Spill one = Spill.in(directory);
        Spill two = Spill.in(directory)) {
      Payload mine = one.keep(new byte[] {1});
      Payload yours = two.keep(new byte[] {2});

      assertThat(mine.bytes()).containsExactly(1);
      assertThat(yours.bytes()).containsExactly(2);
    }
  }

  @Test
  void aDirectoryThatCannotBeUsedIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(() -> Spill.in(file))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining(file.toString());
  }
}
