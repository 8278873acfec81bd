package io.milvus.cdc.examples.e2e.scale;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.options.PutOption;
import io.milvus.cdc.examples.testbed.stack.Addresses;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Keeps a source from sending ticks while it goes on taking writes: a proxy that is registered and
 * never reports its time holds all ticks back until its lease ends (Milvus 2.3
 * internal/rootcoord/timeticksync.go).
 */
final class TickStall implements AutoCloseable {
  private static final String SILENT_PROXY =
      """
      {"ServerID":987654321,"ServerName":"proxy","Address":"127.0.0.1:1","Version":"2.3.5"}""";

  private final Client etcd;
  private final ByteSequence key;
  private final long end;

  private TickStall(Client etcd, ByteSequence key, long end) {
    this.etcd = etcd;
    this.key = key;
    this.end = end;
  }

  static TickStall begin(Addresses addresses, Duration length) throws Exception {
    Client etcd = Client.builder().endpoints(addresses.etcd()).build();
    long lease = etcd.getLeaseClient().grant(length.toSeconds()).get().getID();
    ByteSequence key =
        bytes(
            "%s/%s/session/proxyblock"
                .formatted(addresses.source().rootPath(), addresses.source().metaSubPath()));
    etcd.getKVClient()
        .put(key, bytes(SILENT_PROXY), PutOption.builder().withLeaseId(lease).build())
        .get();
    return new TickStall(etcd, key, System.nanoTime() + length.toNanos());
  }

  private static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  /** Whether the ticks may come again. */
  boolean over() {
    return System.nanoTime() > end;
  }

  /** Ends the stall, if the lease has not. */
  @Override
  public void close() {
    etcd.getKVClient().delete(key).join();
    etcd.close();
  }
}
