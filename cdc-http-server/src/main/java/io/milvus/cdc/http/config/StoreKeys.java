package io.milvus.cdc.http.config;

import io.milvus.cdc.endpoint.Secret;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.fields.EndpointYaml;
import io.milvus.cdc.http.fields.Fields;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads {@code store} of the configuration: an etcd, or a database. */
final class StoreKeys {
  /** Names the variable of the environment that contains the store's password. */
  static final String PASSWORD = "MILVUS_CDC_STORE_PASSWORD";

  private static final int LEASE_SECONDS = 5;

  private StoreKeys() {}

  static StoreChoice read(Fields store, UnaryOperator<String> environment) {
    List<String> etcd = store.oneOrMoreTexts("etcd");
    String jdbc = store.text("jdbc");
    Secret password = password(store, environment);
    Duration lease = Duration.ofSeconds(store.integer("leaseSeconds", LEASE_SECONDS));
    if (etcd.isEmpty() == (jdbc == null)) {
      throw new ConfigException(
          "'store' names %s.".formatted(etcd.isEmpty() ? "nothing" : "both an etcd and a database"),
          "Set either 'etcd', a list of endpoints, or 'jdbc', an address. Or leave"
              + " 'store' out to use files.");
    }
    if (jdbc != null) {
      return new StoreChoice.Database(
          jdbc, store.text("prefix", "milvus_cdc_"), store.text("user"), password, lease);
    }
    return new StoreChoice.Etcd(
        EndpointYaml.etcd(store, "", store.has("user") ? password : null).etcd(),
        store.text("prefix", "milvus-cdc"),
        lease);
  }

  private static @Nullable Secret password(Fields store, UnaryOperator<String> environment) {
    String direct = store.text("password");
    String set = environment.apply(PASSWORD);
    if (set != null && !set.isEmpty()) {
      return new Secret(set);
    }
    return direct == null ? null : new Secret(direct);
  }
}
