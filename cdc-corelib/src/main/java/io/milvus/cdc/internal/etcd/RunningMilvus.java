package io.milvus.cdc.internal.etcd;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the data that the root coordinator of a running Milvus stores about itself in etcd
 * (internal/util/sessionutil).
 *
 * @param version such as {@code 2.3.5}; empty if it is not stored
 * @param lease etcd's own number for it, which is unique; empty if it is not stored
 */
public record RunningMilvus(String version, String lease) {
  /** From 2.6 on one coordinator has the roles of all. */
  private static final String[] COORDINATORS = {"session/rootcoord", "session/mixcoord"};

  private static final Pattern VERSION = Pattern.compile("\"Version\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern LEASE = Pattern.compile("\"LeaseID\"\\s*:\\s*(\\d+)");

  /**
   * Reads the session of the root coordinator.
   *
   * @return empty if none runs below this prefix
   */
  public static Optional<RunningMilvus> find(EtcdConnection etcd, String metaPrefix)
      throws InterruptedException {
    for (String coordinator : COORDINATORS) {
      Optional<String> session = etcd.value(metaPrefix + coordinator);
      if (session.isPresent()) {
        return session.map(RunningMilvus::parse);
      }
    }
    return Optional.empty();
  }

  /** Returns a unique text, or empty if the lease is not stored. */
  public Optional<String> identity() {
    return lease.isEmpty() ? Optional.empty() : Optional.of("lease " + lease);
  }

  static RunningMilvus parse(String json) {
    return new RunningMilvus(first(VERSION, json), first(LEASE, json));
  }

  private static String first(Pattern pattern, String json) {
    Matcher matcher = pattern.matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }
}
