package io.milvus.cdc.targets.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.milvus.cdc.error.RetriableException;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A topic in memory, with transactions or without, which may break at any step. For one thread. */
public final class FakeTopic implements ChangeTarget {
  /** How many bytes a message may have, unless a topic has another limit. */
  public static final int LIMIT = 20_000;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNumberLength(Integer.MAX_VALUE)
                      .maxNestingDepth(Integer.MAX_VALUE)
                      .build())
              .build());

  private final boolean transactions;
  private final BooleanSupplier breaks;
  private final int limit;
  private final List<EventMessage> out = new ArrayList<>();
  private final Map<String, Place> places = new HashMap<>();

  /**
   * An empty topic.
   *
   * @param breaks whether the next step does
   */
  public FakeTopic(boolean transactions, BooleanSupplier breaks) {
    this(transactions, breaks, LIMIT);
  }

  FakeTopic(boolean transactions, BooleanSupplier breaks, int limit) {
    this.transactions = transactions;
    this.breaks = breaks;
    this.limit = limit;
  }

  /** What readers see. */
  public List<EventMessage> out() {
    return out;
  }

  /** The same, of which none is a tombstone. */
  public List<JsonNode> events() {
    return out.stream().map(FakeTopic::parse).toList();
  }

  private static JsonNode parse(EventMessage message) {
    try {
      return JSON.readTree(message.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void mayBreak(String when) {
    if (breaks.getAsBoolean()) {
      throw new RetriableException("killed " + when, "");
    }
  }

  @Override
  public TargetSession open(Opening opening) throws InterruptedException {
    return open(EventFormat.cloudEvents(), Duration.ZERO, opening);
  }

  /** The same with other choices. */
  EventSession open(EventFormat format, Duration watermarkEvery, Opening opening)
      throws InterruptedException {
    mayBreak("while opening");
    return EventSession.open(format, "/source", watermarkEvery, opening, Outlet::new);
  }

  @Override
  public Inspection check() {
    return Inspection.clean();
  }

  @Override
  public List<Finding> check(List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows) {
    return List.of();
  }

  @Override
  public List<String> promote(long ceiling) {
    return List.of();
  }

  @Override
  public long demote() {
    return 0;
  }

  private final class Outlet implements EventOutlet {
    private final String life;
    private final List<EventMessage> pending = new ArrayList<>();

    Outlet(String life) {
      this.life = life;
    }

    @Override
    public Place place() {
      return places.getOrDefault(life, Place.NONE);
    }

    @Override
    public int limit() {
      return limit;
    }

    @Override
    public void send(Table table, List<EventMessage> messages) {
      (transactions ? pending : out).addAll(messages);
      // In the middle of a round, but not so often that a long one never gets to its end.
      if (Math.floorMod(messages.get(0).key().hashCode(), 16) == 0) {
        mayBreak("after sending");
      }
    }

    @Override
    public void broadcast(EventMessage message, Collection<Table> concerned) {
      mayBreak("before telling");
      (transactions ? pending : out).add(message);
      mayBreak("after telling");
    }

    @Override
    public void commit(Place reached) {
      mayBreak("before committing");
      out.addAll(pending);
      pending.clear();
      if (transactions) {
        places.put(life, Place.parse(reached.text()));
      }
      mayBreak("after committing");
    }

    @Override
    public void close() {
      pending.clear();
    }
  }
}
