package io.milvus.cdc.http.go;

import io.milvus.cdc.error.ConfigException;
import java.util.function.Supplier;

/**
 * Data of a request that is of another kind than it must be; the Go server calls that its own
 * fault.
 */
final class DecodeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DecodeFailure(ConfigException cause) {
    super(cause.getMessage(), cause);
  }

  static <T> T of(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigException e) {
      throw new DecodeFailure(e);
    }
  }
}
