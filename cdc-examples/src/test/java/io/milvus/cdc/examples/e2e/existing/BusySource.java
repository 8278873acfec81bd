package io.milvus.cdc.examples.e2e.existing;

import io.milvus.cdc.endpoint.EtcdEndpoint;
import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import io.milvus.cdc.examples.testbed.stack.LocalStack;
import io.milvus.cdc.examples.testbed.stack.Part;
import io.milvus.cdc.internal.etcd.EtcdConnection;
import io.milvus.cdc.internal.etcd.Keyspace;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * A stack whose source has its rows in an object storage, and compacts them and collects the
 * garbage as often as its configuration allows.
 */
record BusySource(ObjectStore storage, LocalStack stack) implements AutoCloseable {
  static final String BUCKET = "a-bucket";
  private static final String USER = "writer";
  private static final String SECRET = "writer-secret";

  /** Many small files, which are soon replaced by others. */
  private static final Map<String, String> BUSY =
      Map.of(
          "dataCoord/gc/interval", "1",
          "dataCoord/gc/dropTolerance", "1",
          "dataCoord/compaction/global/interval", "1",
          "dataCoord/compaction/check/interval", "1",
          "dataCoord/compaction/min/segment", "2",
          "dataCoord/segment/maxIdleTime", "5",
          "dataCoord/segment/minSizeFromIdleToSealed", "0",
          "dataNode/segment/insertBufSize", "262144",
          "dataNode/segment/syncPeriod", "5");

  static BusySource up() throws InterruptedException {
    ObjectStore storage = ObjectStore.start(USER, SECRET);
    LocalStack stack = LocalStack.upWithoutMilvus("busy-source", "kafka", line -> {});
    Map<String, String> settings = new HashMap<>(BUSY);
    URI address = URI.create(storage.endpoint());
    settings.put("common/storageType", "remote");
    settings.put("minio/address", address.getHost());
    settings.put("minio/port", Integer.toString(address.getPort()));
    settings.put("minio/accessKeyID", USER);
    settings.put("minio/secretAccessKey", SECRET);
    settings.put("minio/bucketName", BUCKET);
    settings.put("minio/rootPath", "files");
    configure(stack.addresses(), settings);
    stack.start(Part.SOURCE);
    stack.start(Part.TARGET);
    return new BusySource(storage, stack);
  }

  /** Settings in etcd count more than those in a file. */
  private static void configure(Addresses addresses, Map<String, String> settings)
      throws InterruptedException {
    String root = addresses.source().rootPath();
    try (EtcdConnection connection =
        EtcdConnection.open(EtcdEndpoint.at(addresses.etcd()), Keyspace.ours(root + "/"))) {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        connection.put("%s/config/%s".formatted(root, setting.getKey()), setting.getValue());
      }
    }
  }

  /** Returns the source's bucket with the login of its owner. */
  S3Endpoint bucket() {
    return bucket(storage.endpoint());
  }

  /** Returns the bucket by way of a link. */
  S3Endpoint bucket(BadLink link) {
    return bucket("http://" + link.authority());
  }

  private static S3Endpoint bucket(String address) {
    return StorageEndpoint.s3(address, BUCKET).login(USER, SECRET);
  }

  /**
   * Returns the bucket as a {@link io.milvus.cdc.examples.testbed.mirror.MirrorProgram} wants it.
   */
  static String setting(BadLink link) {
    return "http://%s:%s@%s/%s".formatted(USER, SECRET, link.authority(), BUCKET);
  }

  @Override
  public void close() {
    stack.wipe();
    storage.close();
  }
}
