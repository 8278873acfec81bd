package io.milvus.cdc.http.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.NameMapping;
import io.milvus.cdc.Selection;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.TaskSpec;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.CheckpointException;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.http.OneServer;
import io.milvus.cdc.http.fields.Dialect;
import io.milvus.cdc.http.fields.Fields;
import io.milvus.cdc.store.FileStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskStoreTest {
  private static final Secret KEY = new Secret(OneServer.KEY);
  private static final TaskRecord PLAIN =
      TaskRecord.of(TaskSpec.builder("plain").target("dr").build(), null, Instant.EPOCH);
  private static final TaskRecord RICH =
      new TaskRecord(
          TaskSpec.builder("rich")
              .selection(Selection.of("a", "b.c").except("a.d"))
              .startFrom(
                  StartFrom.positions(
                      new HybridTime(Long.MAX_VALUE), Map.of("ch", new Position("1:2"))))
              .target("https://t:1")
              .names(NameMapping.none().database("a", "x").collection("b.c", "y.z"))
              .access(true)
              .build(),
          target(
              """
              {"uri": "https://t:1", "token": "root:Tok3n", "certificates": "ca.pem",
               "clientCertificate": "our.pem", "clientKey": "our.key", "serverName": "milvus.local",
               "etcd": ["https://e:2379"], "rootPath": "root", "etcdUser": "user",
               "etcdPassword": "Pa55", "etcdCertificates": "etcd.pem", "allowStandbySwitch": true,
               "clientWrites": true}
              """),
          Wish.PAUSE,
          false,
          "because",
          Instant.parse("2026-01-02T03:04:05Z"),
          "{}");

  private static final String EVENTS =
      """
      "topic": "t", "topicPerCollection": true, "format": "cloudevents", "tombstones": true,
      "int64AsText": true, "vectorsAsBase64": true, "source": "/s", "watermarkMillis": 5,
      "maxBytes": 6""";
  private static final TaskRecord TO_KAFKA =
      TaskRecord.of(
          TaskSpec.builder("kafka").target("kafka://k:1/t").build(),
          target(
              """
              {"kafka": "k:1", %s, "partitions": 2, "replication": 3, "mechanism": "SCRAM-SHA-256",
               "user": "u", "password": "Pa55", "tls": true, "certificates": "a",
               "clientCertificate": "b", "clientKey": "c", "atLeastOnce": true}
              """
                  .formatted(EVENTS)),
          Instant.EPOCH);
  private static final TaskRecord TO_PULSAR =
      TaskRecord.of(
          TaskSpec.builder("pulsar").target("pulsar://p:1/t").build(),
          target(
              """
              {"pulsar": "pulsar://p:1", %s, "token": "root:Tok3n", "certificates": "a"}
              """
                  .formatted(EVENTS)),
          Instant.EPOCH);
  private static final TaskRecord TO_A_TOPIC =
      TaskRecord.of(
          TaskSpec.builder("topic").target("kafka://k:1/u").build(),
          target("{\"kafka\": \"k:1\", \"topic\": \"u\"}"),
          Instant.EPOCH);

  /** Reads a target, and checks that each of its values was. */
  private static TargetSpec target(String json) {
    try {
      Fields fields = Fields.of(new ObjectMapper().readTree(json), Dialect.EXACT);
      TargetSpec target = TargetSpec.read(fields);
      fields.refuseUnread();
      return target;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  @TempDir private Path directory;

  private TaskStore open(Secret key) {
    return TaskStore.open(FileStore.at(directory), Vault.with(key), "http://here:1");
  }

  @Test
  void whatIsSavedIsThereInTheNextProcess() {
    try (TaskStore store = open(KEY)) {
      store.save(PLAIN);
      store.save(RICH);
      store.save(RICH.wish(Wish.RUN, ""));
      store.save(PLAIN.spec(TaskSpec.of("gone")));
      store.delete("gone");
      store.delete("gone");
    }
    try (TaskStore store = open(KEY)) {
      assertThat(store.load()).containsExactly(PLAIN, RICH.wish(Wish.RUN, ""));
    }
  }

  @Test
  void everyKindOfTargetIsThereInTheNextProcess() {
    try (TaskStore store = open(KEY)) {
      store.save(TO_KAFKA);
      store.save(TO_PULSAR);
      store.save(TO_A_TOPIC);
    }
    try (TaskStore store = open(KEY)) {
      assertThat(store.load()).containsExactlyInAnyOrder(TO_KAFKA, TO_PULSAR, TO_A_TOPIC);
    }
  }

  @Test
  void noSecretIsOnTheDiskInClear() throws IOException {
    try (TaskStore store = open(KEY)) {
      store.save(RICH);
      store.save(RICH);
      store.save(TO_KAFKA);
      store.save(TO_PULSAR);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String secret : new String[] {"root:Tok3n", "Pa55"}) {
          assertThat(text)
              .doesNotContain(
                  secret,
                  Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
  }

  @Test
  void withoutAKeySecretsAreRefusedAndNothingElse() {
    try (TaskStore store = open(null)) {
      store.save(PLAIN);
      assertThatThrownBy(() -> store.save(RICH))
          .isInstanceOf(ConfigException.class)
          .hasMessageContainingAll("token", "MILVUS_CDC_KEY", "keyFile");
      assertThat(store.load()).containsExactly(PLAIN);
    }
  }

  @Test
  void anotherKeyOpensNothing() {
    try (TaskStore store = open(KEY)) {
      store.save(RICH);
    }
    Secret other = new Secret(OneServer.KEY.replace('M', 'N'));
    for (Secret key : new Secret[] {other, null}) {
      try (TaskStore store = open(key)) {
        assertThatThrownBy(store::load)
            .isInstanceOf(ConfigException.class)
            .hasMessageContainingAll("'rich'", "key");
      }
    }
    assertThatThrownBy(() -> Vault.with(new Secret("c2hvcnQ=")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("5 bytes", "openssl");
    assertThatThrownBy(() -> Vault.with(new Secret("§"))).isInstanceOf(ConfigException.class);
  }

  @Test
  void aSecretOpensOnlyInItsOwnPlace() {
    Vault vault = Vault.with(KEY);
    String closed = vault.close("a", "token", new Secret("x"));

    assertThat(vault.open("a", "token", closed)).isEqualTo(new Secret("x"));
    assertThat(vault.close("a", "token", new Secret("x"))).isNotEqualTo(closed);
    assertThatThrownBy(() -> vault.open("b", "token", closed)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> vault.open("a", "etcdPassword", closed))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> vault.open("a", "token", "1:")).isInstanceOf(ConfigException.class);
  }

  @Test
  void aDamagedTextIsNeverFewerTasks() throws IOException {
    Path file = directory.resolve("server.json");
    try (TaskStore store = open(KEY)) {
      store.save(PLAIN);
    }
    String whole = Files.readString(file);
    for (String damaged :
        new String[] {
          "",
          whole.substring(0, whole.length() / 2),
          whole.replace("EARLIEST", "x") + " ",
          whole.replace("plain", "plaim")
        }) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> open(KEY))
          .as(damaged)
          .isInstanceOf(CorruptCheckpointException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void whatCouldNotBeStoredIsNotThere() throws IOException {
    try (TaskStore store = open(KEY)) {
      store.save(PLAIN);
      Files.createDirectory(directory.resolve("server.json.next"));
      assertThatThrownBy(() -> store.save(RICH)).isInstanceOf(CheckpointException.class);
      assertThatThrownBy(() -> store.delete("plain")).isInstanceOf(CheckpointException.class);
      assertThat(store.load()).containsExactly(PLAIN);
    }
  }

  @Test
  void othersLearnWhereTheServerAtWorkIs() {
    assertThat(TaskStore.addressIn(FileStore.at(directory))).isEmpty();
    try (TaskStore store = open(KEY)) {
      assertThat(TaskStore.addressIn(FileStore.at(directory))).contains("http://here:1");
      store.save(PLAIN);
    }
    assertThat(TaskStore.addressIn(FileStore.at(directory))).contains("http://here:1");
  }

  @Test
  void oneDirectoryIsOfOneServer() {
    try (TaskStore store = open(KEY)) {
      assertThat(store.load()).isEmpty();
      assertThatThrownBy(() -> open(KEY))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(directory.toString());
    }
    open(KEY).close();
  }
}
