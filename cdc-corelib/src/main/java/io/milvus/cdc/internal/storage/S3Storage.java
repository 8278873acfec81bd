package io.milvus.cdc.internal.storage;

import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.internal.error.Causes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads the objects that a Milvus stores in a bucket. */
final class S3Storage implements ObjectStorage {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MISSING = 404;
  private static final int BEYOND_THE_END = 416;
  private static final int SERVER_FAULT = 500;

  private final S3Endpoint endpoint;
  private final S3Refusal refusal;
  private final S3Client client;
  private final String root;

  private S3Storage(S3Endpoint endpoint, S3Client client) {
    this.endpoint = endpoint;
    this.refusal = new S3Refusal(endpoint);
    this.client = client;
    this.root = endpoint.rootPath().isEmpty() ? "" : endpoint.rootPath() + "/";
  }

  /** Opens a bucket. Contacts no server. */
  static S3Storage open(S3Endpoint endpoint) {
    return open(endpoint, PATIENCE);
  }

  /**
   * Opens a bucket. Contacts no server.
   *
   * @param patience the longest time of each request with its repetitions
   */
  static S3Storage open(S3Endpoint endpoint, Duration patience) {
    return new S3Storage(endpoint, S3Clients.open(endpoint, patience));
  }

  @Override
  public List<StoredObject> list(String folder) throws InterruptedException {
    String prefix = root + ObjectNames.folder(folder);
    return answer(
        "list",
        prefix,
        () ->
            client.listObjectsV2Paginator(below(prefix).build()).contents().stream()
                .filter(object -> !object.key().endsWith("/"))
                .map(found -> new StoredObject(found.key().substring(root.length()), found.size()))
                .sorted(StoredObject.BY_NAME)
                .toList());
  }

  @Override
  public List<String> folders(String folder) throws InterruptedException {
    String prefix = root + ObjectNames.folder(folder);
    return answer(
        "list",
        prefix,
        () ->
            client
                .listObjectsV2Paginator(below(prefix).delimiter("/").build())
                .commonPrefixes()
                .stream()
                .map(CommonPrefix::prefix)
                .map(found -> found.substring(prefix.length(), found.length() - 1))
                .toList());
  }

  private ListObjectsV2Request.Builder below(String prefix) {
    return ListObjectsV2Request.builder().bucket(endpoint.bucket()).prefix(prefix);
  }

  @Override
  public long size(String name) throws InterruptedException {
    String key = root + ObjectNames.object(name);
    return answer("read", key, () -> head(key));
  }

  /** Asks for the headers of an object. The answer says no reason if it is a refusal. */
  private long head(String key) {
    try {
      return Parts.stated(
          endpoint,
          key,
          client.headObject(head -> head.bucket(endpoint.bucket()).key(key)).contentLength());
    } catch (S3Exception e) {
      if (e.statusCode() < SERVER_FAULT) {
        // A listing of this object fails with the reason, unless the reason is the object itself.
        client.listObjectsV2(below(key).maxKeys(1).build());
      }
      throw e.statusCode() == MISSING ? new MissingObjectException(endpoint, key, e) : e;
    }
  }

  @Override
  public ByteBuffer read(String name) throws InterruptedException {
    String key = root + ObjectNames.object(name);
    return answer("read", key, () -> get(request(key), new S3Body(endpoint, key)));
  }

  @Override
  public ByteBuffer read(String name, long offset, int length) throws InterruptedException {
    String key = root + ObjectNames.object(name);
    if (length == 0) {
      return ByteBuffer.allocate(0);
    }
    String range = "bytes=%d-%d".formatted(offset, offset + length - 1);
    return answer(
        "read",
        key,
        () -> {
          try {
            return get(request(key).range(range), new S3Body(endpoint, key, offset, length));
          } catch (S3Exception e) {
            if (e.statusCode() == BEYOND_THE_END) {
              throw Parts.tooShort(endpoint, key, head(key), offset + length);
            }
            throw e;
          }
        });
  }

  private GetObjectRequest.Builder request(String key) {
    return GetObjectRequest.builder().bucket(endpoint.bucket()).key(key);
  }

  private ByteBuffer get(GetObjectRequest.Builder request, S3Body body) {
    return client.getObject(request.build(), body);
  }

  private <T> T answer(String doing, String key, Supplier<T> asking) throws InterruptedException {
    try {
      return asking.get();
    } catch (SdkException e) {
      if (Causes.find(e, AbortedException.class).isPresent()) {
        Thread.interrupted();
        throw new InterruptedException(e.getMessage());
      }
      throw Causes.find(e, CdcException.class).orElseGet(() -> refusal.explain(doing, key, e));
    }
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}
