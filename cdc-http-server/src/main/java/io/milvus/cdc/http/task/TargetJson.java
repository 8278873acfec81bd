package io.milvus.cdc.http.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.http.fields.EndpointYaml;
import java.util.Collection;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes a target, value by value; what is missing is left out.
 *
 * @param secrets what is written of a secret, by its name
 */
public record TargetJson(ObjectNode node, BiFunction<String, Secret, String> secrets) {

  /** Writes a target into an object, and returns that. */
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

  /** Where it is set. */
  TargetJson put(String name, boolean flag) {
    if (flag) {
      node.put(name, true);
    }
    return this;
  }

  /** Unless it is 0. */
  TargetJson put(String name, long number) {
    if (number != 0) {
      node.put(name, number);
    }
    return this;
  }

  /** Unless there are none. */
  TargetJson put(String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      texts.forEach(node.putArray(name)::add);
    }
    return this;
  }
}
