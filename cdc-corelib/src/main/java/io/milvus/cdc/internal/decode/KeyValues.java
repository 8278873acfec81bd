package io.milvus.cdc.internal.decode;

import io.milvus.grpc.KeyValuePair;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Reads lists of properties and parameters. */
public final class KeyValues {
  private KeyValues() {}

  /** Returns the values by their keys. Of several values for a key the last counts. */
  public static Map<String, String> map(Collection<KeyValuePair> pairs) {
    Map<String, String> values = new HashMap<>();
    pairs.forEach(pair -> values.put(pair.getKey(), pair.getValue()));
    return values;
  }
}
