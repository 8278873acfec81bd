package io.milvus.cdc.endpoint;

import io.milvus.cdc.annotation.Incubating;
import io.milvus.cdc.error.ConfigException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The address of an object storage with the API of S3, its bucket, login and certificates. */
@Incubating
public final class S3Endpoint implements StorageEndpoint {
  private final URI uri;
  private final String bucket;
  private final String rootPath;
  private final String region;
  private final @Nullable String accessKey;
  private final @Nullable Secret secretKey;
  private final boolean pathStyle;
  private final TlsSettings tls;

  private S3Endpoint(
      URI uri,
      String bucket,
      String rootPath,
      String region,
      @Nullable String accessKey,
      @Nullable Secret secretKey,
      boolean pathStyle,
      TlsSettings tls) {
    this.uri = uri;
    this.bucket = bucket;
    this.rootPath = rootPath;
    this.region = region;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.pathStyle = pathStyle;
    this.tls = tls;
  }

  static S3Endpoint at(String address, String bucket) {
    URI parsed =
        HttpAddress.parse(
            "S3",
            address,
            "http://minio:9000 or https://minio:9000",
            "Set the access key and the secret key instead.");
    if (!parsed.getRawPath().matches("/?")) {
      throw new ConfigException(
          "The address '%s' of S3 has a path.".formatted(address),
          "Leave the path out, and set the bucket and the root path instead.");
    }
    if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]+")) {
      throw new ConfigException(
          "'%s' is not a valid name of a bucket.".formatted(bucket),
          "Set the bucket to Milvus's minio.bucketName.");
    }
    return new S3Endpoint(
        HttpAddress.normalized(parsed),
        bucket,
        "files",
        "us-east-1",
        null,
        null,
        true,
        TlsSettings.NONE);
  }

  /**
   * Returns a copy with another path of Milvus's objects in the bucket: its {@code minio.rootPath}.
   * Default: {@code files}. It may be empty.
   *
   * @throws ConfigException if a part of the path is empty, or consists of dots
   */
  public S3Endpoint rootPath(String path) {
    String plain = path.replaceAll("^/|/$", "");
    if (!plain.isEmpty()
        && Arrays.stream(plain.split("/", -1)).anyMatch(List.of("", ".", "..")::contains)) {
      throw new ConfigException(
          "'%s' is not a valid root path.".formatted(path),
          "Set rootPath to Milvus's minio.rootPath, such as files.");
    }
    return new S3Endpoint(uri, bucket, plain, region, accessKey, secretKey, pathStyle, tls);
  }

  /**
   * Returns a copy with another region of the bucket. Default: {@code us-east-1}, which is also
   * that of a MinIO without a region.
   *
   * @throws ConfigException if the region is not valid
   */
  public S3Endpoint region(String name) {
    if (!name.matches("[A-Za-z0-9_-]+")) {
      throw new ConfigException(
          "'%s' is not a valid region.".formatted(name),
          "Set the region of the bucket, such as eu-west-1.");
    }
    return new S3Endpoint(uri, bucket, rootPath, name, accessKey, secretKey, pathStyle, tls);
  }

  /**
   * Returns a copy that logs in. Default: the credentials that AWS's own programs find, in the
   * environment, in a profile or by the machine's role.
   */
  public S3Endpoint login(String key, String secret) {
    return new S3Endpoint(
        uri,
        bucket,
        rootPath,
        region,
        Objects.requireNonNull(key, "key"),
        new Secret(Objects.requireNonNull(secret, "secret")),
        pathStyle,
        tls);
  }

  /**
   * Returns a copy that names the bucket in the path of a request, or in its host. Default: in the
   * path.
   */
  public S3Endpoint pathStyle(boolean inPath) {
    return new S3Endpoint(uri, bucket, rootPath, region, accessKey, secretKey, inPath, tls);
  }

  /**
   * Returns a copy that trusts the authorities in a PEM file. Default: those of the JVM.
   *
   * @throws ConfigException if the address has no TLS
   */
  public S3Endpoint trust(Path authoritiesPem) {
    TlsSettings settings = tls.trust(authoritiesPem);
    settings.requireTls(usesTls(), this, "Use an https address.");
    return new S3Endpoint(uri, bucket, rootPath, region, accessKey, secretKey, pathStyle, settings);
  }

  /** Returns the address. */
  public URI uri() {
    return uri;
  }

  /** Returns the name of the bucket. */
  public String bucket() {
    return bucket;
  }

  /** Returns the path of Milvus's objects in the bucket, without a slash at its ends. */
  public String rootPath() {
    return rootPath;
  }

  /** Returns the region of the bucket. */
  public String region() {
    return region;
  }

  /** Returns the access key, or null if there is no login. */
  public @Nullable String accessKey() {
    return accessKey;
  }

  /** Returns the secret key, or null if there is no login. */
  public @Nullable Secret secretKey() {
    return secretKey;
  }

  /** Returns whether requests name the bucket in their path. */
  public boolean pathStyle() {
    return pathStyle;
  }

  /** Returns whether the connection uses TLS. */
  public boolean usesTls() {
    return HttpAddress.isHttps(uri);
  }

  /** Returns the certificates. */
  public TlsSettings tls() {
    return tls;
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(uri, bucket, rootPath, region, accessKey, secretKey, pathStyle, tls);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof S3Endpoint that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "S3 at %s/%s".formatted(uri, bucket);
  }
}
