package io.milvus.cdc.http.testkit;

import io.milvus.cdc.CdcEngine;
import io.milvus.cdc.StartFrom;
import io.milvus.cdc.event.HybridTime;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.http.task.Backstage;
import io.milvus.cdc.http.task.TargetSpec;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.sources.milvus.MilvusSource;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A fake engine, and targets that can be reached unless their port is 1. */
public final class FakeBackstage implements Backstage {
  private static final MilvusSource SOURCE =
      MilvusSource.builder().etcd("http://etcd:2379").pulsar("pulsar://mq:6650").build();

  public final FakeEngine engine = new FakeEngine();
  public volatile boolean closed;
  public volatile Set<String> databases = Set.of();
  public final List<String> forgotten = new ArrayList<>();
  public final List<TargetSpec> addresses = new ArrayList<>();

  /** A target that may refuse to be used. */
  public record FakeTarget(String uri) implements ChangeTarget {
    @Override
    public Inspection check() {
      List<Finding> findings = new ArrayList<>();
      if (uri.endsWith(":1")) {
        findings.add(
            Finding.blocking(
                "The target at %s cannot be reached.".formatted(uri), "Check the address."));
      }
      return new Inspection(findings, Set.of(), OptionalLong.empty());
    }

    @Override
    public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows) {
      return List.of();
    }

    @Override
    public TargetSession open(Opening opening) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> promote(long ceiling) {
      return List.of();
    }

    @Override
    public long demote() {
      return 0;
    }
  }

  @Override
  public CdcEngine engine() {
    return engine;
  }

  @Override
  public synchronized ChangeTarget target(TargetSpec address) {
    addresses.add(address);
    // Says what is wrong with an address.
    address.target();
    return new FakeTarget(address.name());
  }

  @Override
  public synchronized void forget(String task) {
    forgotten.add(task);
  }

  @Override
  public StartFrom.At startAfter(Map<String, String> positions) {
    return SOURCE.startAfter(positions);
  }

  @Override
  public String messagePosition(String channel, Position position, HybridTime timestamp) {
    return SOURCE.messagePosition(channel, position, timestamp);
  }

  @Override
  public Set<String> databases() {
    return databases;
  }

  @Override
  public List<Finding> checkSource() {
    return List.of();
  }

  @Override
  public void close() {
    closed = true;
  }
}
