package io.milvus.cdc.http.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.EndpointYaml;
import java.util.Collection;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes a target, value by value. Absent values are omitted.
 *
 * @param secrets returns the text to write for a secret, by its name
 */
public record TargetJson(ObjectNode node, BiFunction<String, Secret, String> secrets) {

  /** Writes a target into an object, and returns the object. */
  public static ObjectNode write(
      TargetSpec target, ObjectNode into, BiFunction<String, Secret, String> secrets) {
    target.write(new TargetJson(into, secrets));
    return into;
  }

  TargetJson put(EndpointYaml endpoint) {
    if (endpoint.key().equals(EndpointYaml.ETCD)) {
      put(endpoint.key(), endpoint.addresses());
    } else {
      put(endpoint.key(), endpoint.address());
    }
    return put(endpoint.name("mechanism"), endpoint.mechanism())
        .put(endpoint.name("user"), endpoint.user())
        .put(endpoint.name("password"), endpoint.password())
        .put(endpoint.name("token"), endpoint.token())
        .put(endpoint.name("tls"), endpoint.tls())
        .put(endpoint.name("certificates"), endpoint.certificates())
        .put(endpoint.name("clientCertificate"), endpoint.clientCertificate())
        .put(endpoint.name("clientKey"), endpoint.clientKey())
        .put(endpoint.name("serverName"), endpoint.serverName());
  }

  TargetJson put(String name, @Nullable Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
    return this;
  }

  TargetJson put(String name, @Nullable Secret secret) {
    if (secret != null) {
      node.put(name, secrets.apply(name, secret));
    }
    return this;
  }

  /** Writes the flag if it is set. */
  TargetJson put(String name, boolean flag) {
    if (flag) {
      node.put(name, true);
    }
    return this;
  }

  /** Writes the number unless it is 0. */
  TargetJson put(String name, long number) {
    if (number != 0) {
      node.put(name, number);
    }
    return this;
  }

  /** Writes the texts unless there are none. */
  TargetJson put(String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      texts.forEach(node.putArray(name)::add);
    }
    return this;
  }
}
