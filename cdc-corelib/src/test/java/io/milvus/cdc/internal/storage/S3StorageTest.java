package io.milvus.cdc.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.cdc.endpoint.S3Endpoint;
import io.milvus.cdc.endpoint.StorageEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.error.SourceRefusedException;
import io.milvus.cdc.store.SeaweedServer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Reads from a real object storage. */
class S3StorageTest extends StorageContract {
  private static final String BUCKET = "a-bucket";
  private static final String COLUMN = "insert_log/1/2/3/100/4";

  private static SeaweedServer server;
  private static S3Client writer;

  @BeforeAll
  static void startIt() {
    server = new SeaweedServer();
    server.start();
    writer = S3Clients.open(as("writer"), Duration.ofMinutes(1));
    writer.createBucket(bucket -> bucket.bucket(BUCKET));
  }

  @AfterAll
  static void stopIt() {
    if (writer != null) {
      writer.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static S3Endpoint as(String user) {
    return StorageEndpoint.s3(server.endpoint(), BUCKET).login(user, user + "-secret");
  }

  @Override
  void create() {
    writer
        .listObjectsV2Paginator(list -> list.bucket(BUCKET))
        .contents()
        .forEach(found -> deleteKey(found.key()));
  }

  @Override
  S3Endpoint endpoint() {
    return as("reader");
  }

  @Override
  S3Endpoint elsewhere() {
    return as("reader").rootPath("file");
  }

  @Override
  void put(String name, byte[] bytes) {
    writer.putObject(put -> put.bucket(BUCKET).key("files/" + name), RequestBody.fromBytes(bytes));
  }

  @Override
  void delete(String name) {
    deleteKey("files/" + name);
  }

  private static void deleteKey(String key) {
    writer.deleteObject(delete -> delete.bucket(BUCKET).key(key));
  }

  /** Asserts that a listing, a size and an object are refused alike. */
  private static void assertRefused(S3Endpoint endpoint, String... words) {
    try (ObjectStorage storage = ObjectStorage.open(endpoint)) {
      ThrowingCallable[] requests = {
        () -> storage.list(""), () -> storage.size(COLUMN), () -> storage.read(COLUMN)
      };
      for (ThrowingCallable request : requests) {
        assertThatThrownBy(request)
            .isInstanceOf(ConfigException.class)
            .hasMessageContainingAll(words)
            .hasMessageNotContaining("secret-");
      }
    }
  }

  @Test
  void refusesAnUnknownAccessKey() {
    assertRefused(as("nobody"), "does not know access key 'nobody'", "Check the access key.");
  }

  @Test
  void refusesAWrongSecretKey() {
    assertRefused(
        as("reader").login("reader", "secret-of-reader"),
        "refuses the secret key of access key 'reader'",
        "Check the secret key.");
  }

  @Test
  void refusesAMissingPermission() {
    assertRefused(as("stranger"), "does not let access key 'stranger'", "'files/", "s3:GetObject");
  }

  @Test
  void namesNoRootPathsThatTheLoginMayNotSee() throws Exception {
    put(COLUMN, new byte[1]);
    S3Endpoint guest = as("guest").rootPath("guests");

    try (ObjectStorage storage = ObjectStorage.open(guest)) {
      assertThatThrownBy(() -> MilvusRoot.require(storage, guest))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll("no rows of a Milvus below 'guests'", "hidden from this login");
    }
  }

  @Test
  void refusesAMissingBucket() {
    assertRefused(
        StorageEndpoint.s3(server.endpoint(), "b-bucket").login("writer", "writer-secret"),
        "/b-bucket has no such bucket.",
        "minio.bucketName");
  }

  @Test
  void findsCredentialsOfTheMachine() throws Exception {
    S3Endpoint noLogin = StorageEndpoint.s3(server.endpoint(), BUCKET);
    System.setProperty("aws.disableEc2Metadata", "true");
    try {
      assertRefused(noLogin, "no credentials", "Set the access key and the secret key.");

      System.setProperty("aws.accessKeyId", "reader");
      System.setProperty("aws.secretAccessKey", "reader-secret");
      try (ObjectStorage storage = ObjectStorage.open(noLogin)) {
        assertThat(storage.list("")).isEmpty();
      }
    } finally {
      System.clearProperty("aws.disableEc2Metadata");
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  @Test
  void readsRowsAtTheRootOfABucket() throws Exception {
    put(COLUMN, new byte[2]);
    S3Endpoint whole = as("reader").rootPath("/");

    try (ObjectStorage storage = ObjectStorage.open(whole)) {
      assertThat(storage.list("files/")).containsExactly(new StoredObject("files/" + COLUMN, 2));
      assertThat(storage.read("files/" + COLUMN).remaining()).isEqualTo(2);
    }
  }

  @Test
  void listsMoreObjectsThanOneAnswerHolds() throws Exception {
    IntStream.range(1000, 2100)
        .parallel()
        .forEach(each -> put("delta_log/1/2/3/" + each, new byte[0]));

    try (ObjectStorage storage = ObjectStorage.open(endpoint())) {
      assertThat(storage.list("delta_log/1/"))
          .hasSize(1100)
          .isSortedAccordingTo((one, other) -> one.name().compareTo(other.name()));
    }
  }

  @Test
  void aServerWithoutTlsIsNoHttps() {
    assertRefused(
        StorageEndpoint.s3(server.endpoint().replace("http:", "https:"), BUCKET)
            .login("reader", "reader-secret"),
        "does not agree on TLS",
        "https");
  }

  @Test
  void aServerThatIsAwayMayReturn() {
    for (String address : new String[] {"http://127.0.0.1:1", "http://nowhere.invalid:9000"}) {
      S3Endpoint away = StorageEndpoint.s3(address, BUCKET).login("reader", "reader-secret");
      try (ObjectStorage storage = ObjectStorage.open(away)) {
        assertThatThrownBy(() -> storage.list(""))
            .isInstanceOf(RetriableException.class)
            .isNotInstanceOf(SourceRefusedException.class)
            .hasMessageContainingAll(address, "Check the address");
      }
    }
  }
}
