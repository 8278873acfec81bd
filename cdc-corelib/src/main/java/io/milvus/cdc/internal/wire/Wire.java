package io.milvus.cdc.internal.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import io.milvus.grpc.MsgBase;
import java.io.IOException;

/** Reads protobuf fields in place, without copying their values. */
public final class Wire {
  private static final int BASE = 1;

  private Wire() {}

  /**
   * Returns a reader whose byte strings are views of {@code bytes}, which must not change any more.
   */
  static CodedInputStream reader(ByteString bytes) {
    CodedInputStream input = bytes.newCodedInput();
    input.enableAliasing(true);
    return input;
  }

  static ByteString wrap(byte[] bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  /** Returns whether these fields include a field with this number. */
  static boolean has(int field, ByteString fields) throws IOException {
    CodedInputStream input = reader(fields);
    int tag = input.readTag();
    while (tag != 0 && WireFormat.getTagFieldNumber(tag) != field) {
      input.skipField(tag);
      tag = input.readTag();
    }
    return tag != 0;
  }

  /** Returns the base of any Milvus message. Skips the rest. */
  public static MsgBase baseOf(byte[] body) throws IOException {
    CodedInputStream input = reader(wrap(body));
    for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == BASE) {
        return MsgBase.parseFrom(input.readBytes());
      }
      input.skipField(tag);
    }
    throw new IOException("it has no message base (field 1)");
  }
}
