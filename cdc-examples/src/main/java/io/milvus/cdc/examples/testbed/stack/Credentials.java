package io.milvus.cdc.examples.testbed.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Holds the credentials for a secure stack.
 *
 * @param authority the PEM file with the authority that signed all servers' certificates
 * @param stranger a PEM file with an authority that signed none of them
 * @param etcdCertificate a PEM file with our own certificate, which etcd requires
 * @param etcdUser may read the source's keys, and nothing else
 * @param pulsarToken of a role that may consume, and nothing else; empty if there is no Pulsar
 * @param pulsarWriterToken of a role that may produce in {@code milvus/events}, and nothing else;
 *     empty if there is no Pulsar
 * @param kafka the users of Kafka; null if there is no Kafka
 */
public record Credentials(
    Path authority,
    Path stranger,
    Path etcdCertificate,
    Path etcdKey,
    String etcdUser,
    String etcdPassword,
    String pulsarToken,
    String pulsarWriterToken,
    @Nullable Kafka kafka,
    String targetUser,
    String targetPassword) {

  /**
   * Holds users of Kafka.
   *
   * @param user has all permissions, by PLAIN and by SCRAM-SHA-256
   * @param guest has no permissions, by PLAIN
   */
  public record Kafka(String user, String password, String guest, String guestPassword) {
    private static Kafka of(JsonNode json) {
      return new Kafka(
          json.required("kafkaUser").asText(),
          secret(json, "kafkaPassword"),
          json.required("kafkaGuest").asText(),
          secret(json, "kafkaGuestPassword"));
    }

    /** Omits the secrets. */
    @Override
    public String toString() {
      return "Kafka[user=%s, guest=%s]".formatted(user, guest);
    }
  }

  static Credentials of(JsonNode json) {
    return new Credentials(
        path(json, "authority"),
        path(json, "stranger"),
        path(json, "etcdCertificate"),
        path(json, "etcdKey"),
        json.required("etcdUser").asText(),
        secret(json, "etcdPassword"),
        json.has("pulsarToken") ? secret(json, "pulsarToken") : "",
        json.has("pulsarWriterToken") ? secret(json, "pulsarWriterToken") : "",
        json.has("kafkaUser") ? Kafka.of(json) : null,
        json.required("targetUser").asText(),
        secret(json, "targetPassword"));
  }

  private static Path path(JsonNode json, String name) {
    return Path.of(json.required(name).asText());
  }

  private static String secret(JsonNode json, String name) {
    Path file = path(json, name);
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new StackException("%s cannot be read".formatted(file), e);
    }
  }

  /** Omits the secrets. */
  @Override
  public String toString() {
    return "Credentials[etcd=%s, target=%s]".formatted(etcdUser, targetUser);
  }
}
