package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/**
 * Derives the catalog from the changes in a log. For one thread.
 *
 * <p>It may get any change again, also those that its first look contains already, and the copies
 * of a change from several channels in any order. Only the times of renames depend on that order,
 * within the ticks of the copies. The rules are:
 *
 * <ol>
 *   <li>An object that has an id exists from the first copy of its creation on. The copy of the
 *       control channel sets its time, because Milvus takes that one's tick, as the etcd of 2.6.20
 *       and 3.0.0 shows.
 *   <li>A drop of such an object is final, whenever it comes. Milvus never reuses an id, so no
 *       older or repeated message brings the object back. It stays listed. Its time is the latest
 *       tick of all copies, so that no row of it is later.
 *   <li>A value is replaced as a whole by a change with a higher tick than its last change. What
 *       the first look lists was last changed at {@link FirstLook#asOf}: older changes do not touch
 *       it. A schema is also not replaced by one with a lower version.
 *   <li>An alias is such a value of its name. Its drop counts like a change of it.
 *   <li>Users, roles and groups have neither ids nor times. Changes up to the first look's time do
 *       not touch them.
 *   <li>A change of a collection that is unknown or dropped is left out: nothing that follows
 *       depends on it.
 * </ol>
 *
 * <p>So an object that the first look no longer lists appears again if its creation is read again,
 * and stays until its drop, which must follow. Rows between both belong to it.
 */
public final class WalCatalog {
  private final DatabaseStates databases;
  private final AliasStates aliases;
  private final CollectionStates collections;
  private final ServingStates servings;
  private final AccessStates access;

  private @Nullable Catalog catalog;

  public WalCatalog(FirstLook first) {
    databases = new DatabaseStates(first);
    aliases = new AliasStates(first);
    collections = new CollectionStates(first);
    servings = new ServingStates(first);
    access = new AccessStates(first);
  }

  /** Applies one copy of a change. Changes that concern no catalog are left out. */
  public void apply(WalEvent.Change event) {
    Moment at = new Moment(event.envelope().tick(), event.envelope().control());
    if (event.change().accept(new Applying(at))) {
      catalog = null;
    }
  }

  /** Returns the catalog after all changes so far; the same instance until one changes it. */
  public Catalog catalog() {
    if (catalog == null) {
      catalog =
          new Catalog(
              databases.entries(),
              collections.entries(),
              aliases.entries(),
              servings.entries(collections),
              access.access());
    }
    return catalog;
  }

  /**
   * Returns the catalog as the first look of another instance.
   *
   * @param asOf hybrid timestamp up to which all changes were applied
   */
  public FirstLook look(long asOf) {
    return new FirstLook(catalog(), asOf, servings.indexes());
  }

  /** Applies a change to those parts that it concerns. Returns whether it changed any. */
  private final class Applying implements WalChange.Visitor<Boolean> {
    private final Moment at;

    Applying(Moment at) {
      this.at = at;
    }

    @Override
    public Boolean collection(CollectionChange change) {
      boolean named = databases.learn(change);
      boolean changed = collections.apply(change, at);
      boolean served = servings.apply(change, at);
      return named || changed || served;
    }

    @Override
    public Boolean database(DatabaseChange change) {
      boolean changed = databases.apply(change, at);
      boolean served = servings.apply(change, at);
      return changed || served;
    }

    @Override
    public Boolean alias(AliasChange change) {
      return aliases.apply(change, at);
    }

    @Override
    public Boolean serving(ServingChange change) {
      return collections.lives(change.collectionId()) && servings.apply(change, collections, at);
    }

    @Override
    public Boolean access(AccessChange change) {
      return access.apply(change, at);
    }

    @Override
    public Boolean unsentRows(UnsentRows change) {
      return false;
    }

    @Override
    public Boolean cluster(ClusterChange change) {
      return false;
    }
  }
}
