package io.milvus.cdc.testkit;

import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.error.PositionExpiredException;
import io.milvus.cdc.event.BulkImport;
import io.milvus.cdc.event.ChannelEvent;
import io.milvus.cdc.event.Flush;
import io.milvus.cdc.event.Payload;
import io.milvus.cdc.event.Position;
import io.milvus.cdc.internal.decode.MessageDecoder;
import io.milvus.cdc.preflight.Finding;
import io.milvus.cdc.preflight.Inspection;
import io.milvus.cdc.sources.ChangeSource;
import io.milvus.cdc.sources.ChannelReader;
import io.milvus.cdc.sources.ExistingRows;
import io.milvus.cdc.sources.ReadFrom;
import io.milvus.cdc.sources.Scratch;
import io.milvus.cdc.sources.SourceSession;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A source in memory: channels of messages, a catalog, and subscriptions that hold what they must.
 */
public final class FakeSource implements ChangeSource {
  private final Map<String, List<byte[]>> channels = new TreeMap<>();

  /** The first message that is still held, by channel and task. */
  private final Map<String, Map<String, Integer>> acknowledged = new HashMap<>();

  private final Map<String, Integer> read = new HashMap<>();
  private final Map<String, Integer> handled = new HashMap<>();
  private final List<String> forgotten = new ArrayList<>();
  private final Queue<RuntimeException> openFaults = new ArrayDeque<>();
  private final Queue<RuntimeException> forgetFaults = new ArrayDeque<>();
  private final Queue<Throwable> syncFaults = new ArrayDeque<>();
  private final List<String> violations = new ArrayList<>();
  private List<BulkImport> imports = List.of();
  private final List<Flush> flushes = new ArrayList<>();
  private Catalog catalog = Entries.catalog();
  private Runnable beforeSync = () -> {};
  private Runnable duringSync = () -> {};
  private Runnable existingTrouble = () -> {};
  private boolean stores = true;
  private @Nullable Function<Scratch, ExistingRows> stored;
  private final List<Runnable> listeners = new ArrayList<>();
  private final Map<String, Integer> held = new HashMap<>();
  private Inspection inspection = Inspection.clean();
  private String lastReader = "";
  private String starved = "";
  private int opened;
  private int syncs;

  public FakeSource(String... names) {
    for (String name : names) {
      channels.put(name, new ArrayList<>());
    }
  }

  /** Makes one more channel. */
  public synchronized void addChannel(String name) {
    channels.put(name, new ArrayList<>());
  }

  /** Appends a message to a channel. */
  public void publish(String channel, com.google.protobuf.Message message) {
    publish(channel, message.toByteArray());
  }

  public synchronized void publish(String channel, byte[] message) {
    channels.get(channel).add(message);
    notifyAll();
  }

  public void tick(long timestamp, String... names) {
    for (String name : names) {
      publish(name, Messages.tick(timestamp));
    }
  }

  public void change(Catalog newest) {
    synchronized (this) {
      catalog = newest;
    }
    wake();
  }

  /** Has stored other rows than those of its messages. */
  public synchronized void stored(Function<Scratch, ExistingRows> rows) {
    stored = rows;
  }

  /** Has a collection flushed, by id. */
  public synchronized void flush(long timestamp, long collection) {
    flushes.add(new Flush(timestamp, collection));
  }

  /** Remembers these bulk imports, and no others. */
  public synchronized void imported(BulkImport... remembered) {
    imports = List.of(remembered);
  }

  /** Says that the catalog may have changed. */
  public void wake() {
    List<Runnable> told;
    synchronized (this) {
      told = List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
  }

  /** Runs this whenever a session is asked for the catalog, before it answers. */
  public synchronized void beforeSync(Runnable action) {
    beforeSync = action;
  }

  /** Runs this after a session's catalog is fixed, and before it is told. */
  public synchronized void duringSync(Runnable action) {
    duringSync = action;
  }

  public synchronized void failToOpen(RuntimeException... faults) {
    openFaults.addAll(List.of(faults));
  }

  public synchronized void failToForget(RuntimeException... faults) {
    forgetFaults.addAll(List.of(faults));
  }

  public synchronized void failToSync(Throwable... faults) {
    syncFaults.addAll(List.of(faults));
  }

  public synchronized List<String> forgotten() {
    return List.copyOf(forgotten);
  }

  public synchronized int opened() {
    return opened;
  }

  /** The task that was the last to be given a message. */
  public synchronized String lastReader() {
    return lastReader;
  }

  /** Gives this task's readers nothing any more; nobody's where it is empty. */
  public synchronized void starve(String task) {
    starved = task;
    notifyAll();
  }

  /** How often messages of a channel were handed out. */
  public synchronized int read(String channel) {
    return read.getOrDefault(channel, 0);
  }

  public synchronized int syncs() {
    return syncs;
  }

  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** Whether the last reader of each channel has come back for more than there is. */
  public synchronized boolean idle() {
    return channels.entrySet().stream()
        .allMatch(one -> handled.getOrDefault(one.getKey(), -1) == one.getValue().size());
  }

  /** The first message that is still held for the task which has come farthest. */
  public synchronized int acknowledged(String channel) {
    return acknowledged.getOrDefault(channel, Map.of()).values().stream()
        .mapToInt(Integer::intValue)
        .max()
        .orElse(0);
  }

  /** What a check finds from now on. */
  public synchronized void inspection(Inspection seen) {
    inspection = seen;
  }

  /** Has forgotten all messages of this channel before this one. */
  public synchronized void forget(String channel, int first) {
    held.put(channel, first);
  }

  /** Has forgotten all messages so far. */
  public synchronized void forgetAll() {
    channels.forEach((channel, messages) -> held.put(channel, messages.size()));
  }

  @Override
  public synchronized Inspection check() {
    return inspection;
  }

  @Override
  public synchronized boolean owns(String topic) {
    return channels.containsKey(topic);
  }

  /** Lets reading of stored rows fail now and then. */
  public synchronized void existingTrouble(Runnable throwing) {
    existingTrouble = throwing;
  }

  /** Has no storage that can be read. */
  public synchronized void storeNothing() {
    stores = false;
  }

  @Override
  public synchronized boolean readsExistingRows() {
    return stores;
  }

  private synchronized Map<String, List<ChannelEvent>> decoded() {
    Map<String, List<ChannelEvent>> all = new TreeMap<>();
    channels.forEach(
        (channel, messages) -> {
          MessageDecoder decoder = new MessageDecoder(channel);
          List<ChannelEvent> events = new ArrayList<>();
          for (int i = 0; i < messages.size(); i++) {
            events.add(
                decoder.decode(new Position(Integer.toString(i)), Payload.of(messages.get(i))));
          }
          all.put(channel, events);
        });
    return all;
  }

  @Override
  public synchronized SourceSession open(String task) {
    opened++;
    RuntimeException fault = openFaults.poll();
    if (fault != null) {
      throw fault;
    }
    return new Session(task);
  }

  @Override
  public synchronized void forget(String task) {
    RuntimeException fault = forgetFaults.poll();
    if (fault != null) {
      throw fault;
    }
    forgotten.add(task);
    acknowledged.values().forEach(tasks -> tasks.remove(task));
  }

  private final class Session implements SourceSession {
    private final String task;
    private @Nullable Runnable listener;

    Session(String task) {
      this.task = task;
    }

    @Override
    public Catalog sync() {
      Runnable before;
      Throwable fault;
      synchronized (FakeSource.this) {
        syncs++;
        before = beforeSync;
        fault = syncFaults.poll();
      }
      if (fault instanceof RuntimeException known) {
        throw known;
      } else if (fault instanceof Error error) {
        throw error;
      }
      before.run();
      Catalog fixed;
      Runnable during;
      synchronized (FakeSource.this) {
        fixed = catalog;
        during = duringSync;
      }
      during.run();
      return fixed;
    }

    @Override
    public void onCatalogChange(Runnable wake) {
      synchronized (FakeSource.this) {
        listeners.remove(listener);
        listeners.add(wake);
        listener = wake;
      }
    }

    @Override
    public List<Flush> flushes() {
      synchronized (FakeSource.this) {
        List<Flush> taken = List.copyOf(flushes);
        flushes.clear();
        return taken;
      }
    }

    @Override
    public List<BulkImport> imports() {
      synchronized (FakeSource.this) {
        return imports;
      }
    }

    @Override
    public List<String> channels() {
      synchronized (FakeSource.this) {
        return List.copyOf(channels.keySet());
      }
    }

    @Override
    public List<Finding> lost(Map<String, ReadFrom> beginnings) {
      List<Finding> lost = new ArrayList<>();
      synchronized (FakeSource.this) {
        beginnings.forEach(
            (channel, from) -> {
              String stated =
                  from instanceof ReadFrom.Resume resume
                      ? resume.position().text()
                      : from instanceof ReadFrom.At at ? at.position().text() : "0";
              if (Integer.parseInt(stated) < held.getOrDefault(channel, 0)) {
                lost.add(Finding.blocking(channel + " has lost " + stated + ".", "Begin anew."));
              }
            });
      }
      return lost;
    }

    @Override
    public Optional<ExistingRows> existing(Scratch scratch) {
      synchronized (FakeSource.this) {
        if (stored != null) {
          return Optional.of(stored.apply(scratch));
        }
        return Optional.of(
            new FakeExistingRows(
                FakeSource.this::decoded, new SplittableRandom(opened), existingTrouble));
      }
    }

    @Override
    public ChannelReader read(String channel, ReadFrom from) {
      return new Reader(task, channel, start(channel, from), from instanceof ReadFrom.Latest);
    }

    private int start(String channel, ReadFrom from) {
      synchronized (FakeSource.this) {
        int held = acknowledged.getOrDefault(channel, Map.of()).getOrDefault(task, 0);
        if (from instanceof ReadFrom.Resume resume) {
          int wanted = Integer.parseInt(resume.position().text());
          if (wanted < FakeSource.this.held.getOrDefault(channel, 0)) {
            throw new PositionExpiredException(
                "The test says that %s has lost %d.".formatted(channel, wanted),
                "Please resync everything.");
          }
          if (wanted < held) {
            violations.add(
                "%s is to resume at %d but holds only %d on".formatted(channel, wanted, held));
          }
          return wanted;
        }
        return from instanceof ReadFrom.At at
            ? Integer.parseInt(at.position().text())
            : from instanceof ReadFrom.Latest ? channels.get(channel).size() : held;
      }
    }

    @Override
    public void close() {
      synchronized (FakeSource.this) {
        listeners.remove(listener);
      }
    }
  }

  private final class Reader implements ChannelReader {
    private final String task;
    private final String channel;
    private final MessageDecoder decoder;
    private int next;
    private final @Nullable Position beginning;
    private boolean resting;

    Reader(String task, String channel, int start, boolean latest) {
      this.beginning = latest ? new Position(Integer.toString(start)) : null;
      this.task = task;
      this.channel = channel;
      this.decoder = new MessageDecoder(channel);
      this.next = start;
    }

    @Override
    public @Nullable ChannelEvent poll(Duration timeout) throws InterruptedException {
      synchronized (FakeSource.this) {
        List<byte[]> messages = channels.get(channel);
        if (resting) {
          violations.add("%s polls %s while it rests".formatted(task, channel));
        }
        handled.put(channel, next);
        if (next >= messages.size() || task.equals(starved)) {
          FakeSource.this.wait(timeout.toMillis());
        }
        if (next >= messages.size() || task.equals(starved)) {
          return null;
        }
        lastReader = task;
        Position position = new Position(Integer.toString(next));
        read.merge(channel, 1, Integer::sum);
        return decoder.decode(position, Payload.of(messages.get(next++)));
      }
    }

    @Override
    public @Nullable Position beginning() {
      return beginning;
    }

    @Override
    public void suspend() {
      synchronized (FakeSource.this) {
        resting = true;
      }
    }

    @Override
    public void skipTo(Position position) {
      synchronized (FakeSource.this) {
        int index = Integer.parseInt(position.text());
        if (index != next) {
          violations.add("%s is at %d of %s and passes %d".formatted(task, next, channel, index));
        }
        next = Math.max(next, index + 1);
      }
    }

    @Override
    public void resume() {
      synchronized (FakeSource.this) {
        resting = false;
      }
    }

    @Override
    public void acknowledgeBefore(Position position) {
      synchronized (FakeSource.this) {
        acknowledged
            .computeIfAbsent(channel, name -> new HashMap<>())
            .merge(task, Integer.parseInt(position.text()), Math::max);
      }
    }

    @Override
    public void close() {}
  }
}
