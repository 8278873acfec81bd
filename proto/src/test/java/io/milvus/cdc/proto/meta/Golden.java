package io.milvus.cdc.proto.meta;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** Bytes that a Milvus server wrote: one value a line, as name, space, hexadecimal. */
record Golden(String resource, List<String> lines) {

  static Golden of(String resource) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + resource)) {
      if (in == null) {
        throw new IllegalArgumentException("No such golden file: " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Golden(resource, text.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only value whose name contains the given text. */
  byte[] value(String name) {
    List<String[]> found =
        lines.stream().map(line -> line.split(" ")).filter(line -> line[0].contains(name)).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(found.size() + " lines for " + name + " in " + resource);
    }
    return HexFormat.of().parseHex(found.get(0)[1]);
  }
}
