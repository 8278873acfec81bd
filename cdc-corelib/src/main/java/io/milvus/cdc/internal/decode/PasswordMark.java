package io.milvus.cdc.internal.decode;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Marks stored passwords. */
public final class PasswordMark {
  private static final int BYTES = 8;

  private PasswordMark() {}

  /** Returns a text that changes with the stored hash of the password and does not reveal it. */
  public static String of(ByteString hash) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(hash.toByteArray());
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
