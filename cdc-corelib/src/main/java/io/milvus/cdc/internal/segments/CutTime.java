package io.milvus.cdc.internal.segments;

import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.error.SourceException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Reads a time that no timestamp has passed which the source has issued so far. Its time service
 * stores the end of the range from which it issues, ahead of the clock, in Unix nanoseconds (Milvus
 * 2.3.5 internal/tso/tso.go). So every message that is sent later than the read, and has a higher
 * timestamp, comes after each message that is on its channel now.
 */
final class CutTime {
  private static final String KEY = "/kv/gid/timestamp";

  private CutTime() {}

  /**
   * Returns a hybrid timestamp, some seconds ahead of the source's clock.
   *
   * @param rootPath the source's {@code etcd.rootPath}
   * @throws SourceException if there is none
   */
  static long read(MetaKeys etcd, String rootPath) throws InterruptedException {
    String key = rootPath + KEY;
    byte[] value =
        etcd.value(key, etcd.revision())
            .filter(found -> found.length == Long.BYTES)
            .orElseThrow(
                () ->
                    new SourceException(
                        "The source's etcd has no time at '%s'.".formatted(key),
                        "Check the rootPath of the source's etcd."));
    return Timestamps.ofMillis(TimeUnit.NANOSECONDS.toMillis(ByteBuffer.wrap(value).getLong()));
  }
}
