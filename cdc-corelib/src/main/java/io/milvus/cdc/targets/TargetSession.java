package io.milvus.cdc.targets;

import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Writes to a target, over an open connection. For one thread, except for {@link #hindrances}.
 *
 * <p>Order of calls: first {@link #bindAll} for the collections of the checkpoint. Then follow
 * rounds of {@link #prepare}, {@link Delivery#send} and {@link #advance}. Between rounds come
 * {@link #apply}, {@link #applyIndexes}, {@link #applyAccess} and {@link #dropAccess}. Every method
 * may throw {@link io.milvus.cdc.error.RetriableException}. The session is closed then, and a new
 * one resumes from the checkpoint.
 *
 * <p>Methods that may throw {@link InterruptedException} block until the target has answered.
 */
public interface TargetSession extends AutoCloseable {
  /**
   * Finds the counterpart that an earlier session created for this collection. Returns false if
   * there is none.
   */
  boolean bind(DatabaseEntry database, CollectionEntry collection) throws InterruptedException;

  /**
   * Finds the counterparts that earlier sessions created for several collections. By default it
   * calls {@link #bind} for one after the other. A target on a network may send several requests at
   * once.
   *
   * @return the ids of the collections that have a counterpart
   */
  default Set<Long> bindAll(List<Placed> collections) throws InterruptedException {
    Set<Long> there = new HashSet<>();
    for (Placed one : collections) {
      if (bind(one.database(), one.collection())) {
        there.add(one.collection().id());
      }
    }
    return there;
  }

  /** Prepares a round without sending anything. */
  Delivery prepare(Round round) throws InterruptedException;

  /** Applies one change of the catalog. Returns when the target has it. Idempotent. */
  void apply(SchemaEvent event) throws InterruptedException;

  /**
   * Returns whether databases, collections and partitions may be created ahead of their turn. By
   * default false, as for a target whose readers see the order of changes.
   */
  default boolean createsAhead() {
    return false;
  }

  /**
   * Creates databases, collections and partitions ahead of their turn: older rows may still follow.
   * Their names are free, as far as this task knows. Idempotent. Called only if {@link
   * #createsAhead}.
   *
   * @return the creations that are on the target now, in the same order; if another one is
   *     rejected, {@link #apply} reports the reason at its turn
   */
  default List<SchemaEvent.Creation> createAhead(List<SchemaEvent.Creation> creations)
      throws InterruptedException {
    throw new UnsupportedOperationException("This target creates nothing before its turn");
  }

  /**
   * Applies the indexes and the load state of a collection, regardless of the present ones. Does
   * not wait until anything is built or loaded. Idempotent. By default does nothing, as for a
   * target without indexes.
   *
   * @param wanted the indexes, and the load state of the partitions that the target has
   */
  default Outcome applyIndexes(CollectionEntry collection, Serving wanted)
      throws InterruptedException {
    return Outcome.done();
  }

  /**
   * Begins to flush a collection, as on the source, and returns at once. Can be repeated. Another
   * session or a crash may lose the flush. By default does nothing.
   *
   * @return completes on any thread, and never exceptionally
   */
  default CompletableFuture<Outcome> flush(CollectionEntry collection) {
    return CompletableFuture.completedFuture(Outcome.done());
  }

  /**
   * Applies a user, a role or a privilege group, and removes parts that the source no longer has.
   * Idempotent. By default does nothing, as for a target without users.
   *
   * @param former the parts that may be on the target because the source has or had them; nothing
   *     else is removed
   */
  default Outcome applyAccess(AccessEntry wanted, AccessEntry former) throws InterruptedException {
    return Outcome.done();
  }

  /**
   * Drops a user, a role or a privilege group, unless it is gone, or every target must have it.
   * Idempotent. By default does nothing.
   */
  default Outcome dropAccess(AccessEntry former) throws InterruptedException {
    return Outcome.done();
  }

  /** Informs the target that everything at or below this source timestamp is there. */
  void advance(long watermark) throws InterruptedException;

  /**
   * Lets the target work on the rows that were sent, although more rows of the same timestamps
   * follow. Called between the parts of a round that is too large for the memory; {@link #advance}
   * follows the last part. By default does nothing, as for a target that works on rows at once.
   */
  default void relieve() throws InterruptedException {}

  /**
   * Returns the guarantee timestamp for readers of the target. With it they see everything up to
   * the last {@link #advance}. If it is requested before an advance to this watermark, they also
   * see everything up to that. By default the watermark itself.
   */
  default long guarantee(long watermark) {
    return watermark;
  }

  /**
   * Returns the reasons that delay rows on the target at present, in words for people. May be
   * called by any thread.
   */
  default List<String> hindrances() {
    return List.of();
  }

  /** Returns the state that the next session needs, as opaque text. Called at each checkpoint. */
  String sessionState();

  @Override
  void close();
}
