package io.milvus.cdc.internal.storage;

import io.milvus.cdc.endpoint.S3Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Receives an object, or a part of it. If its connection breaks off, the client repeats the
 * request.
 *
 * @param offset the beginning of the part in the object
 * @param length the length of the part, or -1 for the whole object
 */
record S3Body(S3Endpoint endpoint, String key, long offset, int length)
    implements ResponseTransformer<GetObjectResponse, ByteBuffer> {
  private static final int PIECE = 1 << 16;

  /** Receives a whole object. */
  S3Body(S3Endpoint endpoint, String key) {
    this(endpoint, key, 0, -1);
  }

  @Override
  public ByteBuffer transform(GetObjectResponse head, AbortableInputStream body) {
    try {
      return ByteBuffer.wrap(read(body, new byte[expected(head)]));
    } catch (RuntimeException e) {
      close(body, e);
      throw e;
    }
  }

  /** Closes the connection, which would receive the rest otherwise. */
  private static void close(AbortableInputStream body, RuntimeException failure) {
    try {
      body.abort();
      body.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static byte[] read(AbortableInputStream body, byte[] bytes) {
    for (int read = 0; read < bytes.length; ) {
      if (Thread.currentThread().isInterrupted()) {
        throw AbortedException.create("interrupted");
      }
      int more = more(body, bytes, read);
      if (more < 0) {
        throw RetryableException.create(
            "the connection ended after %d of %d bytes".formatted(read, bytes.length));
      }
      read += more;
    }
    return bytes;
  }

  private int expected(GetObjectResponse head) {
    long size = Parts.stated(endpoint, key, head.contentLength());
    if (length < 0) {
      return Parts.arraySize(endpoint, key, size);
    }
    if (size != length) {
      throw Parts.tooShort(endpoint, key, offset + size, offset + length);
    }
    return length;
  }

  private static int more(AbortableInputStream body, byte[] bytes, int read) {
    try {
      return body.read(bytes, read, Math.min(PIECE, bytes.length - read));
    } catch (IOException e) {
      throw RetryableException.create("the connection broke off: " + e.getMessage(), e);
    }
  }
}
