package io.milvus.cdc.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bytes that real Milvus code wrote: one value a line, as name, space, hexadecimal, the latter not
 * where the value is empty.
 */
public record Golden(Map<String, byte[]> values) {

  public static Golden of(String resource) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + resource)) {
      if (in == null) {
        throw new IllegalArgumentException("No such golden file: " + resource);
      }
      Map<String, byte[]> values = new LinkedHashMap<>();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        String[] parts = line.split(" ");
        values.put(parts[0], HexFormat.of().parseHex(parts.length > 1 ? parts[1] : ""));
      }
      return new Golden(values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] value(String name) {
    byte[] value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("No golden value " + name + " among " + values.keySet());
    }
    return value.clone();
  }
}
