package io.milvus.cdc.targets.events;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.event.DataEvent;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.Delivery;
import io.milvus.cdc.targets.Opening;
import io.milvus.cdc.targets.Refused;
import io.milvus.cdc.targets.Round;
import io.milvus.cdc.targets.TargetSession;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends a task's changes as events, each once if the queue can store a {@link Place}.
 *
 * <p>{@link Delivery#send} sends rows. The next {@link #advance} completes them, together with the
 * place. So rejected rows are handled before any event of their round is complete.
 *
 * <p>Indexes, loads, flushes and users do not change data, so there are no events for them.
 */
final class EventSession implements TargetSession {
  private final EventFormat format;
  private final String source;
  private final long watermarkNanos;
  private final EventOutlet outlet;
  private final SentChanges sent;
  private final Tables tables = new Tables();

  /** Changes that were sent, are not in the checkpoint, and will be repeated by the engine. */
  private final List<String> ahead = new ArrayList<>();

  /** Renames that were sent, that {@link #bind} has found, and that no checkpoint has yet. */
  private final List<String> found = new ArrayList<>();

  /** Rows at or below it are copied. */
  private final long cut;

  private final Opening.Stage stage;

  private String last = "";

  /** The timestamp up to which rows are complete. */
  private long out;

  /** Whether messages were sent since the last commit. */
  private boolean open;

  private long announced;
  private long announcedAt;
  private long changedAt;

  private EventSession(
      EventFormat format,
      String source,
      Duration watermarkEvery,
      EventOutlet outlet,
      SentChanges sent,
      Opening opening) {
    this.format = format;
    this.source = source;
    this.watermarkNanos = watermarkEvery.toNanos();
    this.outlet = outlet;
    this.sent = sent;
    this.cut = opening.cut();
    this.stage = opening.stage();
    this.out = outlet.place().rowsOf(cut);
    // Before a copy, the task may have announced that it has reached the cut.
    this.announced = stage == Opening.Stage.CHANGES ? Math.max(out, cut) : out;
    this.ahead.addAll(sent.without(outlet.place().changes()));
    this.announcedAt = System.nanoTime() - watermarkNanos;
  }

  /** Connects to the queue. */
  interface Connect {
    /**
     * Opens an outlet.
     *
     * @param life names the task, from its beginning to its deletion; letters, digits and dashes
     */
    EventOutlet open(String life) throws InterruptedException;
  }

  /**
   * Opens a session, which resumes after an earlier one if there was one.
   *
   * @param source the value of the events' {@code source}, null for the task
   * @param watermarkEvery the shortest pause between watermarks
   */
  static EventSession open(
      EventFormat format,
      @Nullable String source,
      Duration watermarkEvery,
      Opening opening,
      Connect connect)
      throws InterruptedException {
    SentChanges sent = SentChanges.parse(opening.sessionState());
    EventOutlet outlet = connect.open("milvus-cdc-%s-%s".formatted(opening.task(), sent.life()));
    String named = source == null ? "/milvus-cdc/" + opening.task() : source;
    return new EventSession(format, named, watermarkEvery, outlet, sent, opening);
  }

  @Override
  public boolean bind(DatabaseEntry database, CollectionEntry collection) {
    Table table = Table.of(collection, database.name(), collection.name());
    if (!sent.has(table)) {
      String rename = SchemaEvent.RenameCollection.id(collection.id(), collection.naming().since());
      if (!ahead.remove(rename)) {
        return false;
      }
      sent.addRename(rename, table);
      found.add(rename);
    }
    tables.put(table);
    return true;
  }

  @Override
  public Delivery prepare(Round round) {
    return new EventDelivery(round);
  }

  @Override
  public void apply(SchemaEvent event) throws InterruptedException {
    String id = event.id();
    if (sent.has(id) && isOver(event)) {
      return;
    }
    CatalogEvents events = CatalogEvents.of(event, tables);
    if (!sent.has(id) && !ahead.remove(id)) {
      tell(
          events.event(idInMessages(event), Math.max(event.timestamp(), announced + 1)),
          events.concerned());
      List<String> changes = doubtful();
      changes.add(id);
      commit(changes);
    }
    last = id;
    changedAt = Math.max(changedAt, event.timestamp());
    sent.add(id, event, events.table());
  }

  /** Returns another id for each copy, because a collection may be copied again. */
  private String idInMessages(SchemaEvent event) {
    return switch (stage) {
      case CHANGES -> event.id();
      // A creation that an earlier copy began is completed before the drop.
      case DROPS -> event.id() + "/" + (cut - 1);
      case COPY -> event.id() + "/" + cut;
    };
  }

  /** Returns whether this ends a collection that has no table any more. */
  private boolean isOver(SchemaEvent event) {
    return event instanceof SchemaEvent.DropCollection drop
        && tables.find(drop.collection().id()) == null;
  }

  private void tell(StreamEvent event, Collection<Table> concerned) throws InterruptedException {
    for (EventMessage message : format.encode(event, source)) {
      outlet.broadcast(message, format.rowsApart() ? List.of() : concerned);
    }
    open = true;
  }

  private void commit(List<String> changes) throws InterruptedException {
    outlet.commit(new Place(out, cut, changes));
    open = false;
  }

  @Override
  public void advance(long watermark) throws InterruptedException {
    long now = System.nanoTime();
    // Rows of a change's own timestamp follow the change. During a copy, rows are missing.
    if (now - announcedAt >= watermarkNanos
        && watermark > announced
        && watermark != changedAt
        && stage == Opening.Stage.CHANGES) {
      tell(new StreamEvent.Watermark(watermark), tables.all());
      announced = watermark;
      announcedAt = now;
    }
    if (open) {
      out = Math.max(out, watermark);
      commit(unstored());
    }
  }

  private List<String> unstored() {
    List<String> changes = doubtful();
    if (!last.isEmpty()) {
      changes.add(last);
    }
    return changes;
  }

  private List<String> doubtful() {
    List<String> changes = new ArrayList<>(ahead);
    changes.addAll(found);
    return changes;
  }

  /**
   * Returns the state for the next checkpoint. Commits after this call follow that checkpoint, or
   * never happen.
   */
  @Override
  public String sessionState() {
    found.clear();
    return sent.text();
  }

  @Override
  public void close() {
    outlet.close();
  }

  /** The rows of a round, message by message. */
  private final class EventDelivery implements Delivery {
    private final Round round;

    EventDelivery(Round round) {
      this.round = round;
    }

    @Override
    public long highestTimestamp() {
      return round.events().stream().mapToLong(DataEvent::timestamp).max().orElse(0);
    }

    @Override
    public List<Refused> send() throws InterruptedException {
      List<Refused> refused = new ArrayList<>();
      for (DataEvent event : round.events()) {
        if (event.timestamp() > out) {
          tell(event).map(why -> new Refused(event, why)).ifPresent(refused::add);
        }
      }
      return refused;
    }

    /** Sends all rows of a message, or none and returns the reason. */
    private Optional<String> tell(DataEvent event) throws InterruptedException {
      Table table = tables.of(event.header().collectionId());
      List<EventMessage> messages = new ArrayList<>();
      try {
        for (StreamEvent row : RowEvents.of(event, table, cut)) {
          messages.addAll(encoded(row));
        }
      } catch (IllegalArgumentException | UncheckedIOException e) {
        return Optional.of("its rows cannot be encoded: " + e.getMessage());
      }
      int largest = messages.stream().mapToInt(EventMessage::size).max().orElse(0);
      if (largest > outlet.limit()) {
        return Optional.of(
            ("an event of it has %d bytes, and the target accepts %d. Allow larger messages"
                    + " there")
                .formatted(largest, outlet.limit()));
      }
      open = true;
      outlet.send(table, messages);
      return Optional.empty();
    }

    private List<EventMessage> encoded(StreamEvent row) {
      try {
        return format.encode(row, source);
      } catch (IllegalArgumentException | UncheckedIOException e) {
        throw new IllegalArgumentException("row %s: %s".formatted(row.id(), e.getMessage()), e);
      }
    }

    @Override
    public void close() {
      // No lock is held.
    }
  }
}
