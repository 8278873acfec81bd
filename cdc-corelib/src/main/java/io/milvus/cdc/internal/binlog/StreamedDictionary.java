package io.milvus.cdc.internal.binlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dictionary that is large for the heap in order, as far as the values are all different. A
 * writer adds a value to the dictionary when it first occurs. At the first repetition of an older
 * value the whole dictionary is loaded.
 */
final class StreamedDictionary extends Dictionary {
  private final StreamedBytes values;
  private final int size;
  private final Loading loading;
  private @Nullable Dictionary loaded;
  private Binary latest = Binary.EMPTY;
  private int place = -1;

  /** Loads the whole dictionary. */
  @FunctionalInterface
  interface Loading {
    Dictionary load() throws IOException;
  }

  /**
   * Creates a dictionary.
   *
   * @param size the number of values
   */
  StreamedDictionary(StreamedBytes values, int size, Loading loading) {
    super(Encoding.PLAIN);
    this.values = values;
    this.size = size;
    this.loading = loading;
  }

  @Override
  public int getMaxId() {
    return size - 1;
  }

  @Override
  public Binary decodeToBinary(int id) {
    if (id < 0 || id >= size) {
      throw new IndexOutOfBoundsException("value %d of a dictionary of %d".formatted(id, size));
    }
    if (loaded == null && id < place) {
      loaded = load();
    }
    if (loaded != null) {
      return loaded.decodeToBinary(id);
    }
    while (place < id) {
      latest = values.readBytes();
      place++;
    }
    return latest;
  }

  private Dictionary load() {
    try {
      return loading.load();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
