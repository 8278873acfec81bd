package io.milvus.cdc.target.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as it is sent. */
final class JsonBytes {
  private static final JsonFactory JSON = new JsonFactory();

  /** Writes a value. */
  interface Writer {
    void write(JsonGenerator out) throws IOException;
  }

  private JsonBytes() {}

  static byte[] of(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
