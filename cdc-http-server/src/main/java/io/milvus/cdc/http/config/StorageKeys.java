package io.milvus.cdc.http.config;

import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.Fields;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads {@code source.storage}: the place in which the source stores its rows. */
final class StorageKeys {
  private StorageKeys() {}

  /**
   * Returns the storage, or null if it is not set.
   *
   * @throws ConfigException if it has both kinds, or a value is not valid
   */
  static @Nullable StorageEndpoint read(Fields fields) {
    if (fields.names().isEmpty()) {
      return null;
    }
    if (fields.has("directory") == fields.has("s3")) {
      throw new ConfigException(
          "'source.storage' must have either 'directory' or 's3'.", "Set one of them.");
    }
    return fields.has("directory")
        ? StorageEndpoint.directory(path("directory", fields.required("directory")))
        : s3(fields.object("s3"));
  }

  private static S3Endpoint s3(Fields fields) {
    S3Endpoint s3 = StorageEndpoint.s3(fields.required("endpoint"), fields.required("bucket"));
    s3 = s3.rootPath(fields.text("rootPath", s3.rootPath()));
    s3 = s3.region(fields.text("region", s3.region()));
    s3 = s3.pathStyle(fields.flag("pathStyle", s3.pathStyle()));
    String certificates = fields.text("certificates");
    s3 = certificates == null ? s3 : s3.trust(path("certificates", certificates));
    String accessKey = fields.text("accessKey", "");
    String secretKey = fields.text("secretKey", "");
    if (accessKey.isEmpty() != secretKey.isEmpty()) {
      throw new ConfigException(
          "Only one of 'accessKey' and 'secretKey' of 'source.storage.s3' is set.",
          "Set both, or leave both out.");
    }
    return accessKey.isEmpty() ? s3 : s3.login(accessKey, secretKey);
  }

  private static Path path(String name, String text) {
    return Fields.path(name, text, "Set it to an existing path.");
  }
}
