package io.milvus.cdc.internal.segments;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.milvus.cdc.error.SourceException;

/** Reads records of the source's etcd, and explains a record that is none of Milvus 2.3 to 2.5. */
final class Records {
  private static final String CURE = "Check that the source is a Milvus 2.3 to 2.5.";

  private Records() {}

  /**
   * Returns a record.
   *
   * @param what names it in a message
   * @throws SourceException if it cannot be parsed
   */
  static <T> T parse(String what, Parser<T> parser, byte[] value) {
    try {
      return parser.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw new SourceException("%s cannot be read: %s.".formatted(what, e.getMessage()), CURE, e);
    }
  }
}
