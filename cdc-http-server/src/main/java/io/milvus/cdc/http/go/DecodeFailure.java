package io.milvus.cdc.http.go;

import io.milvus.cdc.error.ConfigException;
import java.util.function.Supplier;

/**
 * Reports that data of a request has a wrong type. The Go server reports this as its own fault,
 * with code 500.
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
