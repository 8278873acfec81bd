package io.milvus.cdc.internal.binlog;

import com.github.luben.zstd.Zstd;
import io.milvus.cdc.error.ConfigException;
import java.util.List;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.PageType;

/** Checks for the optional libraries of this room. */
public final class Libraries {
  private Libraries() {}

  /**
   * Loads the libraries.
   *
   * @throws ConfigException if one is not on the classpath, or has no code for this machine
   */
  public static void require() {
    try {
      // zstd-jni loads its native code.
      var unused = List.of(Encoding.PLAIN, PageType.DATA_PAGE, Zstd.maxCompressionLevel());
    } catch (LinkageError e) {
      throw new ConfigException(
          "A library for binlogs cannot be loaded (%s).".formatted(e.getMessage()),
          "Add org.apache.parquet:parquet-column, org.apache.parquet:parquet-format-structures and"
              + " com.github.luben:zstd-jni.",
          e);
    }
  }
}
