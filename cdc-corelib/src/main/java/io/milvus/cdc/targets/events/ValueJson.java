package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes values of fields. Their Java types are those of {@link io.milvus.cdc.rows.Row#value}.
 *
 * @param jsonAsText whether a JSON value is a text in the JSON around it
 */
record ValueJson(ValueEncoding encoding, boolean jsonAsText) {
  /** Accepts any depth and length: the checked text is in memory, and no tree is built. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final int SPARSE_ENTRY = 8;

  /**
   * Writes one value.
   *
   * @param type Milvus's name of the field's type
   * @throws IllegalArgumentException if the value has an unknown kind, or is not JSON
   */
  void write(JsonGenerator out, String type, @Nullable Object value) throws IOException {
    if (value == null) {
      out.writeNull();
    } else if (value instanceof float[] vector) {
      writeFloats(out, vector);
    } else if (value instanceof byte[] bytes) {
      writeBytes(out, type, bytes);
    } else if (value instanceof List<?> elements) {
      out.writeStartArray();
      for (Object element : elements) {
        write(out, "", element);
      }
      out.writeEndArray();
    } else if (value instanceof String text) {
      writeText(out, type, text);
    } else if (value instanceof Long number && encoding.int64AsText()) {
      out.writeString(number.toString());
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Long number) {
      out.writeNumber(number);
    } else if (value instanceof Integer number) {
      out.writeNumber(number);
    } else if (value instanceof Float number) {
      out.writeNumber(number);
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else {
      throw new IllegalArgumentException(
          "A value of type %s cannot be written as JSON.".formatted(type));
    }
  }

  private void writeFloats(JsonGenerator out, float[] vector) throws IOException {
    if (encoding.vectorsAsBase64()) {
      byte[] bytes = new byte[Float.BYTES * vector.length];
      ByteBuffer into = littleEndian(bytes);
      for (float number : vector) {
        into.putFloat(number);
      }
      out.writeString(base64(bytes));
    } else {
      out.writeStartArray();
      for (float number : vector) {
        out.writeNumber(number);
      }
      out.writeEndArray();
    }
  }

  private void writeBytes(JsonGenerator out, String type, byte[] bytes) throws IOException {
    if (!type.equals("SparseFloatVector") || encoding.vectorsAsBase64()) {
      out.writeString(base64(bytes));
      return;
    }
    if (bytes.length % SPARSE_ENTRY != 0) {
      throw new IllegalArgumentException(
          "A sparse vector of %d bytes is damaged.".formatted(bytes.length));
    }
    ByteBuffer pairs = littleEndian(bytes);
    if (jsonAsText) {
      StringBuilder text = new StringBuilder();
      while (pairs.hasRemaining()) {
        text.append(text.isEmpty() ? "{" : ",")
            .append('"')
            .append(Integer.toUnsignedString(pairs.getInt()))
            .append("\":")
            .append(pairs.getFloat());
      }
      out.writeString(text.isEmpty() ? "{}" : text.append('}').toString());
      return;
    }
    out.writeStartObject();
    while (pairs.hasRemaining()) {
      out.writeFieldName(Integer.toUnsignedString(pairs.getInt()));
      out.writeNumber(pairs.getFloat());
    }
    out.writeEndObject();
  }

  private void writeText(JsonGenerator out, String type, String text) throws IOException {
    if (!type.equals("JSON") || jsonAsText) {
      out.writeString(text);
    } else if (isJson(text)) {
      out.writeRawValue(text);
    } else {
      // As a text it would look like a JSON value that is this text.
      throw new IllegalArgumentException(
          "A JSON value of %d characters is not valid JSON.".formatted(text.length()));
    }
  }

  /**
   * Returns whether a text is exactly one JSON value. It is then written raw, so that its numbers
   * retain their digits.
   */
  private static boolean isJson(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
