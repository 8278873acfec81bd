package io.milvus.cdc.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.error.AlreadyOwnedException;
import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.internal.checkpoint.Checkpoint;
import io.milvus.cdc.internal.checkpoint.CheckpointClaim;
import io.milvus.cdc.internal.checkpoint.CheckpointStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends CheckpointContract {
  @TempDir Path directory;

  @Override
  protected Store make() {
    return FileStore.at(directory.resolve("made/when/needed"));
  }

  private Path file(String name) {
    return directory.resolve("made/when/needed").resolve(name);
  }

  private void save(long... watermarks) {
    try (CheckpointClaim claim = store.claim("t")) {
      for (long watermark : watermarks) {
        claim.save(checkpoint(watermark));
      }
    }
  }

  private Checkpoint load() {
    try (CheckpointClaim claim = store.claim("t")) {
      return claim.load().orElseThrow();
    }
  }

  private void assertDamaged(byte[] bytes, String what) throws IOException {
    Files.write(file("t.json"), bytes);
    assertThatThrownBy(this::load)
        .as(what)
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContaining(file("t.json").toString());
  }

  @Test
  void anySingleDamagedByteIsNoticed() throws Exception {
    save(1, 2);
    byte[] good = Files.readAllBytes(file("t.json"));
    for (int at = 0; at < good.length; at++) {
      for (int change : new int[] {1, 0x20, 0x80, 0xff}) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) change;
        assertDamaged(bad, "byte " + at + " xor " + change);
      }
    }
  }

  @Test
  void aTruncatedFileIsNeverAnEmptyStart() throws Exception {
    save(1, 2);
    byte[] good = Files.readAllBytes(file("t.json"));
    for (int size = 0; size < good.length; size++) {
      assertDamaged(Arrays.copyOf(good, size), size + " bytes");
    }
  }

  @Test
  void anythingAppendedIsNoticed() throws Exception {
    save(1);
    byte[] good = Files.readAllBytes(file("t.json"));
    assertDamaged(Arrays.copyOf(good, good.length + 1), "one zero byte more");
    byte[] twice = Arrays.copyOf(good, 2 * good.length);
    System.arraycopy(good, 0, twice, good.length, good.length);
    assertDamaged(twice, "twice");
  }

  @Test
  void aSoundFileOfAnotherKindIsDamageToo() throws Exception {
    save(1);
    assertDamaged("{}".getBytes(StandardCharsets.UTF_8), "bare JSON");
    assertDamaged("\n".getBytes(StandardCharsets.UTF_8), "an empty line");
  }

  @Test
  void afterACrashBetweenTheRenamesThePreviousOneCounts() throws Exception {
    save(1, 2);
    Files.delete(file("t.json.previous"));
    Files.move(file("t.json"), file("t.json.previous"));
    Files.writeString(file("t.json.next"), "half writ");

    assertThat(load()).isEqualTo(checkpoint(2));
    save(3);
    assertThat(load()).isEqualTo(checkpoint(3));
  }

  @Test
  void aDamagedPreviousOneIsNeverAnEmptyStart() throws Exception {
    save(1);
    Files.delete(file("t.json"));
    Files.writeString(file("t.json.previous"), "");

    assertThatThrownBy(this::load)
        .isInstanceOf(CorruptCheckpointException.class)
        .hasMessageContaining(file("t.json.previous").toString());
  }

  @Test
  void aHalfWrittenNextOneIsIgnored() throws Exception {
    save(1);
    Files.writeString(file("t.json.next"), "x".repeat(10_000));

    assertThat(load()).isEqualTo(checkpoint(1));
    save(2);
    assertThat(load()).isEqualTo(checkpoint(2));
  }

  @Test
  void theGenerationBeforeIsKept() throws Exception {
    save(1, 2);

    Files.move(
        file("t.json.previous"), file("t.json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(load()).isEqualTo(checkpoint(1));
  }

  @Test
  void aTaskWithOnlyThePreviousOneIsListed() throws Exception {
    save(1, 2);
    Files.delete(file("t.json"));

    assertThat(store.tasks()).containsExactly("t");
  }

  @Test
  void nothingIsLeftOfADeletedTaskButItsLock() throws Exception {
    save(1, 2);
    try (CheckpointClaim claim = store.claim("t")) {
      claim.delete();
    }
    try (var left = Files.list(file("t.json").getParent())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .allMatch(name -> name.equals("t.lock"));
    }
  }

  @Test
  void anOtherProcessIsRefused() {
    try (OtherProcess other = OtherProcess.on("file", file("t.json").getParent().toString())) {
      try (CheckpointClaim ours = store.claim("t")) {
        assertThat(other.tell("claim")).isEqualTo("refused");
        ours.save(checkpoint(1));
      }
      assertThat(other.tell("claim")).isEqualTo("done");
      assertThatThrownBy(() -> store.claim("t")).isInstanceOf(AlreadyOwnedException.class);
      other.kill();
      store.claim("t").close();
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAnErrorWithItsName() throws Exception {
    Path notOne = directory.resolve("a-file");
    Files.writeString(notOne, "x");
    CheckpointStore unusable = CheckpointStore.in(FileStore.at(notOne.resolve("sub")));

    assertThatThrownBy(() -> unusable.claim("t"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(notOne.toString());
  }

  @Test
  void aSaveThatFailsSaysWhereAndLeavesTheLastOne() throws Exception {
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(checkpoint(1));
      Files.createDirectory(file("t.json.next"));
      assertThatThrownBy(() -> claim.save(checkpoint(2)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining(file("t.json").toString());
      assertThat(claim.load()).contains(checkpoint(1));
      Files.delete(file("t.json.next"));
      claim.save(checkpoint(3));
      assertThat(claim.load()).contains(checkpoint(3));
    }
  }

  @Test
  void theSameCheckpointIsTheSameBytes() throws Exception {
    Checkpoint one = new Checkpoint(1, 2, 3, Map.of(), full(), Set.of(), "", SAVED);
    try (CheckpointClaim claim = store.claim("t")) {
      claim.save(one);
      byte[] before = Files.readAllBytes(file("t.json"));
      claim.save(
          new Checkpoint(
              1,
              2,
              3,
              Map.of(),
              new Catalog(full().databases(), full().collections(), full().aliases(), Map.of())
                  .with(full().access()),
              Set.of(),
              "",
              SAVED));
      assertThat(Files.readAllBytes(file("t.json"))).isEqualTo(before);
    }
  }
}
