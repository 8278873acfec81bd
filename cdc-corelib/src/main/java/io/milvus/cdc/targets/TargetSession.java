package io.milvus.cdc.targets;

import io.milvus.cdc.catalog.AccessEntry;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.catalog.Serving;
import io.milvus.cdc.event.SchemaEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * An open connection to a target, used by one thread, but for {@link #hindrances}.
 *
 * <p>Order of calls: {@link #bindAll} for the collections that the checkpoint knows; then rounds of
 * {@link #prepare}, {@link Delivery#send}, {@link #advance}, with {@link #apply}, {@link
 * #applyIndexes}, {@link #applyAccess} and {@link #dropAccess} between them. Every method may throw
 * {@link io.milvus.cdc.error.RetriableException}; the session is closed then, and the work begins
 * again from the checkpoint in a new one.
 */
public interface TargetSession extends AutoCloseable {
  /** Finds again what an earlier session made for this collection. False where it is not there. */
  boolean bind(DatabaseEntry database, CollectionEntry collection) throws InterruptedException;

  /**
   * Finds again what earlier sessions made for several collections. By default it {@link #bind}s
   * one after the other; a target that is asked over a network may ask for some at once.
   *
   * @return the ids of those that are there
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

  /** Makes a round ready without sending anything. */
  Delivery prepare(Round round) throws InterruptedException;

  /** Applies one change of the catalog. Returns when the target has it. Idempotent. */
  void apply(SchemaEvent event) throws InterruptedException;

  /**
   * Returns whether databases, collections and partitions may be created before their turn in the
   * order of changes. By default false, as for a target whose readers see that order.
   */
  default boolean createsAhead() {
    return false;
  }

  /**
   * Creates databases, collections and partitions before their turn: rows that are older than they
   * may still follow. Their names are free, for all that this task knows. Idempotent. Called only
   * if {@link #createsAhead}.
   *
   * @return those that are on the target now, in the same order; when another one's turn comes,
   *     {@link #apply} reports why it is refused
   */
  default List<SchemaEvent> createAhead(List<SchemaEvent> creations) throws InterruptedException {
    throw new UnsupportedOperationException("This target creates nothing before its turn");
  }

  /**
   * Makes the indexes and the load state of a collection those of the source, whatever they are,
   * without waiting for anything to be built or loaded. Idempotent. By default there is nothing to
   * do, as for a target that has no such things.
   *
   * @param wanted of the partitions that the target has
   */
  default Outcome applyIndexes(CollectionEntry collection, Serving wanted)
      throws InterruptedException {
    return Outcome.done();
  }

  /**
   * Begins to store what a collection has in memory, as after a flush on the source, and returns
   * without waiting for it. Can be repeated. Another session or a crash may lose it. By default
   * there is nothing to do.
   *
   * @return completes on any thread, and never exceptionally
   */
  default CompletableFuture<Outcome> flush(CollectionEntry collection) {
    return CompletableFuture.completedFuture(Outcome.done());
  }

  /**
   * Makes a user, a role or a group of privileges what it is on the source, and takes away what it
   * is not any more. Idempotent. By default there is nothing to do, as for a target without users.
   *
   * @param former what of it may be on the target because the source has, or had, it; nothing else
   *     is taken away
   */
  default Outcome applyAccess(AccessEntry wanted, AccessEntry former) throws InterruptedException {
    return Outcome.done();
  }

  /**
   * Drops a user, a role or a group of privileges, unless it is gone, or one that every target must
   * have. Idempotent. By default there is nothing to do.
   */
  default Outcome dropAccess(AccessEntry former) throws InterruptedException {
    return Outcome.done();
  }

  /** Tells the target that everything at or below this source timestamp is there. */
  void advance(long watermark) throws InterruptedException;

  /**
   * The guarantee timestamp with which a reader of the target sees everything up to the last {@link
   * #advance}, and, when it is called before an advance to this watermark, everything up to that.
   * By default that is the watermark itself.
   */
  default long guarantee(long watermark) {
    return watermark;
  }

  /** What holds rows up on the target at the moment, in words for people. From any thread. */
  default List<String> hindrances() {
    return List.of();
  }

  /** What the next session must know of this one; opaque text. Asked for at each checkpoint. */
  String sessionState();

  @Override
  void close();
}
