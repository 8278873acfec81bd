package io.milvus.cdc.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.SourceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties that every kind of storage has. */
@Timeout(120)
abstract class StorageContract {
  private static final String COLUMN = "insert_log/1/2/3/100/4";

  private ObjectStorage storage;

  /** Creates an empty root path. */
  abstract void create() throws Exception;

  /** Returns an endpoint at this root path. */
  abstract StorageEndpoint endpoint();

  /** Returns an endpoint with a root path that does not exist, beside the other. */
  abstract StorageEndpoint elsewhere();

  abstract void put(String name, byte[] bytes) throws Exception;

  abstract void delete(String name) throws Exception;

  @BeforeEach
  final void open() throws Exception {
    create();
    storage = ObjectStorage.open(endpoint());
  }

  @AfterEach
  final void close() {
    storage.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void listsAllObjectsBelowAFolderByName() throws Exception {
    put("insert_log/1/2/3/100/5", bytes(7));
    put(COLUMN, bytes(0));
    put("insert_log/1/2/3/0/6", bytes(1));
    put("insert_log/1/2/30/100/7", bytes(1));
    put("delta_log/1/2/3/8", bytes(1));

    assertThat(storage.list("insert_log/1/2/3/"))
        .containsExactly(
            new StoredObject("insert_log/1/2/3/0/6", 1),
            new StoredObject(COLUMN, 0),
            new StoredObject("insert_log/1/2/3/100/5", 7));
    assertThat(storage.list("")).hasSize(5);
    assertThat(storage.list("insert_log/1/2/4/")).isEmpty();
  }

  @Test
  void listsTheFoldersDirectlyBelowAFolder() throws Exception {
    put(COLUMN, bytes(1));
    put("insert_log/1/2/30/100/7", bytes(1));
    put("delta_log/1/2/3/8", bytes(1));

    assertThat(storage.folders("")).containsExactly("delta_log", "insert_log");
    assertThat(storage.folders("insert_log/1/2/")).containsExactly("3", "30");
    assertThat(storage.folders("insert_log/1/2/3/100/")).isEmpty();
    assertThat(storage.folders("insert_log/9/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 5_000_001})
  void readsTheBytesThatWerePut(int length) throws Exception {
    put(COLUMN, bytes(length));

    assertThat(storage.size(COLUMN)).isEqualTo(length);
    assertThat(storage.read(COLUMN)).isEqualTo(ByteBuffer.wrap(bytes(length)));
  }

  @Test
  void readsPartsOfAnObject() throws Exception {
    put(COLUMN, text("0123456789"));

    assertThat(storage.read(COLUMN, 0, 10)).isEqualTo(ByteBuffer.wrap(text("0123456789")));
    assertThat(storage.read(COLUMN, 3, 4)).isEqualTo(ByteBuffer.wrap(text("3456")));
    assertThat(storage.read(COLUMN, 9, 1)).isEqualTo(ByteBuffer.wrap(text("9")));
    assertThat(storage.read(COLUMN, 4, 0).hasRemaining()).isFalse();
  }

  @Test
  void anObjectThatEndsTooEarlyIsDamaged() throws Exception {
    put(COLUMN, text("0123456789"));

    assertThatThrownBy(() -> storage.read(COLUMN, 8, 3))
        .isInstanceOf(SourceException.class)
        .isNotInstanceOf(MissingObjectException.class)
        .hasMessageContainingAll(COLUMN, "only 10 bytes", "11 were expected");
    assertThatThrownBy(() -> storage.read(COLUMN, 20, 3))
        .isInstanceOf(SourceException.class)
        .hasMessageContainingAll("only 10 bytes", "23 were expected");
  }

  @Test
  void anObjectThatDoesNotExistIsMissing() throws Exception {
    put(COLUMN, bytes(1));

    for (String name : new String[] {"insert_log/1/2/3/100/5", "insert_log/1/2/3/100"}) {
      assertThatThrownBy(() -> storage.size(name))
          .isInstanceOf(MissingObjectException.class)
          .hasMessageContainingAll(name + "'", "garbage collection");
      assertThatThrownBy(() -> storage.read(name)).isInstanceOf(MissingObjectException.class);
      assertThatThrownBy(() -> storage.read(name, 1, 1)).isInstanceOf(MissingObjectException.class);
    }
  }

  @Test
  void anObjectThatVanishesAfterItsListingIsMissing() throws Exception {
    put(COLUMN, bytes(10));
    StoredObject listed = storage.list("insert_log/").get(0);
    delete(listed.name());

    assertThatThrownBy(() -> storage.read(listed.name(), 0, (int) listed.size()))
        .isInstanceOf(MissingObjectException.class)
        .hasMessageContaining(COLUMN);
    assertThat(storage.list("insert_log/")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../a", "a/../b", "a/./b", "/a", "a//b", "a/", "a\\b", "a\nb"})
  void refusesNamesThatLeaveTheRoot(String name) {
    assertThatThrownBy(() -> storage.read(name))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("not a valid name");
    assertThatThrownBy(() -> storage.size(name)).isInstanceOf(SourceException.class);
    assertThatThrownBy(() -> storage.list(name + "/")).isInstanceOf(SourceException.class);
  }

  @Test
  void aFolderEndsWithASlash() {
    assertThatThrownBy(() -> storage.list("insert_log")).isInstanceOf(SourceException.class);
    assertThatThrownBy(() -> storage.folders("insert_log")).isInstanceOf(SourceException.class);
  }

  @Test
  void aRootWithoutRowsIsRefusedAndTheRightOneIsNamed() throws Exception {
    put(COLUMN, bytes(1));
    MilvusRoot.require(storage, endpoint());

    try (ObjectStorage other = ObjectStorage.open(elsewhere())) {
      assertThatThrownBy(() -> MilvusRoot.require(other, elsewhere()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll("holds no rows of a Milvus", "found", "files]");
    }
  }
}
