package io.milvus.cdc.endpoint;

import io.milvus.cdc.annotation.Incubating;
import io.milvus.cdc.error.ConfigException;
import java.nio.file.Path;

/** The place in which a Milvus stores its rows: an object storage, or a directory. */
@Incubating
public sealed interface StorageEndpoint permits DirectoryEndpoint, S3Endpoint {
  /**
   * Creates an endpoint for a Milvus with {@code common.storageType: local}.
   *
   * @param directory Milvus's {@code localStorage.path}
   * @throws ConfigException if the path is empty
   */
  static DirectoryEndpoint directory(Path directory) {
    return new DirectoryEndpoint(directory);
  }

  /**
   * Creates an endpoint of an object storage that offers the API of S3, such as MinIO.
   *
   * @param address such as {@code http://minio:9000}, or {@code https} for TLS
   * @param bucket Milvus's {@code minio.bucketName}
   * @throws ConfigException if the address or the name of the bucket is not valid
   */
  static S3Endpoint s3(String address, String bucket) {
    return S3Endpoint.at(address, bucket);
  }
}
