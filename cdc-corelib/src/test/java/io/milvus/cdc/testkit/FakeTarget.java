package io.milvus.cdc.testkit;

import io.milvus.cdc.catalog.Access;
import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.targets.ChangeTarget;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Outcome;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.RowsOnTarget;
import io.milvus.cdc.targets.TargetSession;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A target that notes what it is told, and fails on demand. */
public final class FakeTarget implements ChangeTarget {
  private final List<SchemaEvent> applied = new ArrayList<>();
  private final List<Long> promoted = new ArrayList<>();
  private final Queue<Throwable> promoteFaults = new ArrayDeque<>();
  private List<String> leftToDo = List.of();
  private final List<Round> rounds = new ArrayList<>();
  private final Queue<Throwable> openFaults = new ArrayDeque<>();
  private final Queue<Throwable> sendFaults = new ArrayDeque<>();
  private final Map<String, Serving> served = new HashMap<>();
  private final Map<String, String> refusals = new HashMap<>();
  private List<String> topics = List.of();
  private Inspection inspection = Inspection.clean();
  private List<Finding> conflicts = List.of();
  private List<String> askedAbout = List.of();
  private final List<String> flushed = new ArrayList<>();
  private int refusedFlushes;
  private Predicate<DataEvent> refused = event -> false;
  private Access access = Access.NONE;
  private long advanced;
  private int relieved;
  private int closed;
  private boolean hanging;

  public synchronized void failToOpen(Throwable... faults) {
    openFaults.addAll(List.of(faults));
  }

  public synchronized void failToSend(Throwable... faults) {
    sendFaults.addAll(List.of(faults));
  }

  /** Refuses these for good from now on. */
  public synchronized void refuse(Predicate<DataEvent> which) {
    refused = which;
  }

  /** Answers nothing that is sent, until {@link #goOn}. */
  public synchronized void hang() {
    hanging = true;
  }

  public synchronized void goOn() {
    hanging = false;
    notifyAll();
  }

  /** Forgets all failures that are still to come. */
  public synchronized void recover() {
    openFaults.clear();
    sendFaults.clear();
  }

  public synchronized List<SchemaEvent> applied() {
    return List.copyOf(applied);
  }

  /** What each collection was last to be, by name. */
  public synchronized Map<String, Serving> served() {
    return Map.copyOf(served);
  }

  /**
   * Serving this collection, or giving access to such as {@code user alice}, falls short from now
   * on, or no longer where the reason is empty.
   */
  public synchronized void fallShort(String name, String why) {
    refusals.put(name, why);
  }

  /** Who was given access. */
  public synchronized Access access() {
    return access;
  }

  /** The collections that were flushed, each with the watermark of then, as {@code name@time}. */
  public synchronized List<String> flushed() {
    return List.copyOf(flushed);
  }

  /** Refuses so many flushes. */
  public synchronized void refuseFlushes(int times) {
    refusedFlushes = times;
  }

  public synchronized List<Round> rounds() {
    return List.copyOf(rounds);
  }

  public synchronized long advanced() {
    return advanced;
  }

  /** How often it was relieved. */
  public synchronized int relieved() {
    return relieved;
  }

  public synchronized int closed() {
    return closed;
  }

  /** Writes to these topics, as a queue does. */
  public synchronized void topics(String... names) {
    topics = List.of(names);
  }

  @Override
  public synchronized List<String> topics() {
    return topics;
  }

  /** What a check finds from now on. */
  public synchronized void inspection(Inspection seen) {
    inspection = seen;
  }

  /** What is in the way of any collection from now on. */
  public synchronized void conflicts(Finding... findings) {
    conflicts = List.of(findings);
  }

  /** The collections that a check was last asked about, as database.name. */
  public synchronized List<String> askedAbout() {
    return askedAbout;
  }

  @Override
  public synchronized Inspection check() {
    return inspection;
  }

  @Override
  public synchronized List<Finding> check(
      List<SchemaEvent.CreateCollection> wanted, RowsOnTarget rows) {
    askedAbout =
        wanted.stream().map(one -> one.database().name() + "." + one.collection().name()).toList();
    return conflicts;
  }

  @Override
  public synchronized TargetSession open(Opening opening) {
    raise(openFaults.poll());
    return new Session();
  }

  private static void raise(@Nullable Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    } else if (fault != null) {
      throw (RuntimeException) fault;
    }
  }

  /** The ceilings with which it was given over; none while it is a standby. */
  public synchronized List<Long> promoted() {
    return List.copyOf(promoted);
  }

  /** Cannot be asked to be given over, so many times. */
  public synchronized void failToPromote(RuntimeException... faults) {
    promoteFaults.addAll(List.of(faults));
  }

  /** Is given over only after these from now on. */
  public synchronized void leaveToAPerson(String... commands) {
    leftToDo = List.of(commands);
  }

  @Override
  public synchronized List<String> promote(long ceiling) {
    raise(promoteFaults.poll());
    promoted.add(ceiling);
    return leftToDo;
  }

  @Override
  public synchronized long demote() {
    promoted.clear();
    return Timestamps.of(Instant.now());
  }

  private final class Session implements TargetSession {
    @Override
    public boolean bind(DatabaseEntry database, CollectionEntry collection) {
      synchronized (FakeTarget.this) {
        boolean there = false;
        for (SchemaEvent event : applied) {
          if (event.collectionId() == collection.id()) {
            there =
                event instanceof SchemaEvent.CreateCollection
                    || (there && !(event instanceof SchemaEvent.DropCollection));
          }
        }
        return there;
      }
    }

    @Override
    public Delivery prepare(Round round) {
      return new Delivery() {
        @Override
        public long highestTimestamp() {
          return round.upTo();
        }

        @Override
        public long restamped() {
          return 1;
        }

        @Override
        public List<Refused> send() throws InterruptedException {
          synchronized (FakeTarget.this) {
            while (hanging) {
              FakeTarget.this.wait();
            }
            raise(sendFaults.poll());
            rounds.add(round);
            return round.events().stream()
                .filter(event -> refused.test(event))
                .map(event -> new Refused(event, "it is not wanted"))
                .toList();
          }
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void apply(SchemaEvent event) {
      synchronized (FakeTarget.this) {
        applied.add(event);
      }
    }

    private static Outcome outcome(String why) {
      return why.isEmpty() ? Outcome.done() : Outcome.incomplete(why);
    }

    @Override
    public Outcome applyIndexes(CollectionEntry collection, Serving wanted) {
      synchronized (FakeTarget.this) {
        served.put(collection.name(), wanted);
        return outcome(refusals.getOrDefault(collection.name(), ""));
      }
    }

    @Override
    public CompletableFuture<Outcome> flush(CollectionEntry collection) {
      synchronized (FakeTarget.this) {
        flushed.add(collection.name() + "@" + advanced);
        return CompletableFuture.completedFuture(
            outcome(flushed.size() > refusedFlushes ? "" : "The target did not flush: it is busy"));
      }
    }

    @Override
    public Outcome applyAccess(AccessEntry wanted, AccessEntry former) {
      synchronized (FakeTarget.this) {
        String why = refusals.getOrDefault(wanted.name().toString(), "");
        if (why.isEmpty()) {
          access = access.with(wanted);
        }
        return outcome(why);
      }
    }

    @Override
    public Outcome dropAccess(AccessEntry former) {
      synchronized (FakeTarget.this) {
        String why = refusals.getOrDefault(former.name().toString(), "");
        if (why.isEmpty()) {
          access = access.without(former.name());
        }
        return outcome(why);
      }
    }

    @Override
    public void advance(long watermark) {
      synchronized (FakeTarget.this) {
        advanced = watermark;
      }
    }

    @Override
    public void relieve() {
      synchronized (FakeTarget.this) {
        relieved++;
      }
    }

    @Override
    public long guarantee(long watermark) {
      return watermark;
    }

    @Override
    public String sessionState() {
      return "";
    }

    @Override
    public void close() {
      synchronized (FakeTarget.this) {
        closed++;
      }
    }
  }
}
