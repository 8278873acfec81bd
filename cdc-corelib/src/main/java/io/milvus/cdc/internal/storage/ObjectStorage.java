package io.milvus.cdc.internal.storage;

import io.milvus.cdc.endpoint.DirectoryEndpoint;
import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceException;
import io.milvus.cdc.error.SourceRefusedException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads the objects of a Milvus. A name is relative to Milvus's root path, such as {@code
 * insert_log/1/2/3/100/4}. A folder ends with a slash, and an empty folder is the root itself. May
 * be used by several threads. A method blocks until the storage has answered: for at most two
 * minutes a request, which includes a few repetitions. Each throws
 *
 * <ul>
 *   <li>{@link ConfigException} if the address, the login or a permission must be corrected first
 *   <li>{@link RetriableException} if the storage is unreachable, overloaded, or breaks off
 *   <li>{@link SourceRefusedException} if it refuses a request for another reason
 * </ul>
 */
public interface ObjectStorage extends AutoCloseable {
  /**
   * Opens a storage. An object storage is not contacted yet.
   *
   * @throws ConfigException if the directory cannot be read, a PEM file cannot be read, or the
   *     library for S3 is missing
   */
  static ObjectStorage open(StorageEndpoint endpoint) {
    if (endpoint instanceof DirectoryEndpoint directory) {
      return DirectoryStorage.open(directory);
    }
    try {
      return S3Storage.open((S3Endpoint) endpoint);
    } catch (NoClassDefFoundError e) {
      throw new ConfigException(
          "The client for S3 is not on the classpath (%s).".formatted(e.getMessage()),
          "Add software.amazon.awssdk:s3 and software.amazon.awssdk:url-connection-client.",
          e);
    }
  }

  /**
   * Returns all objects below a folder, in the order of their names. A folder that does not exist
   * is empty.
   */
  List<StoredObject> list(String folder) throws InterruptedException;

  /** Returns the names of the folders directly below a folder, without it and without a slash. */
  List<String> folders(String folder) throws InterruptedException;

  /**
   * Returns the number of bytes of an object.
   *
   * @throws MissingObjectException if it does not exist
   */
  long size(String name) throws InterruptedException;

  /**
   * Returns a whole object.
   *
   * @throws MissingObjectException if it does not exist
   * @throws SourceException if it is larger than an array can be
   */
  ByteBuffer read(String name) throws InterruptedException;

  /**
   * Returns a part of an object.
   *
   * @throws MissingObjectException if it does not exist
   * @throws SourceException if it ends before the end of the part
   */
  ByteBuffer read(String name, long offset, int length) throws InterruptedException;

  /** Returns whether parts are read from this machine, so that many small reads cost little. */
  boolean isLocal();

  @Override
  void close();
}
