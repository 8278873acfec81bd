package io.milvus.cdc.examples.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What it takes to be let in by a secure stack.
 *
 * @param authority the PEM file with the authority that signed all servers' certificates
 * @param stranger a PEM file with an authority that signed none of them
 * @param etcdCertificate a PEM file with a certificate of ours, without which etcd does not talk
 * @param etcdUser may read what belongs to the source, and nothing else
 * @param pulsarToken of a role that may consume, and nothing else
 */
public record Credentials(
    Path authority,
    Path stranger,
    Path etcdCertificate,
    Path etcdKey,
    String etcdUser,
    String etcdPassword,
    String pulsarToken,
    String targetUser,
    String targetPassword) {

  static Credentials of(JsonNode json) {
    return new Credentials(
        path(json, "authority"),
        path(json, "stranger"),
        path(json, "etcdCertificate"),
        path(json, "etcdKey"),
        json.required("etcdUser").asText(),
        secret(json, "etcdPassword"),
        secret(json, "pulsarToken"),
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

  /** The secrets stay out. */
  @Override
  public String toString() {
    return "Credentials[etcd=%s, target=%s]".formatted(etcdUser, targetUser);
  }
}
