package io.milvus.cdc.internal.engine;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.catalog.Catalog;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.internal.checkpoint.CopyOrder;
import io.milvus.cdc.internal.order.AppliedCatalog;
import io.milvus.cdc.internal.order.CatalogCut;
import io.milvus.cdc.sources.SourceSession;
import java.util.HashMap;
import java.util.Map;

/**
 * Provides the catalog of a copy. First it lacks the collections that are copied, so that the
 * target drops them. Then it has them as they were at the cut. Everything else remains as it is on
 * the target. It never reports a change.
 */
final class CopyCatalog implements CatalogFeed {
  private final SourceSession source;
  private final AppliedCatalog applied;
  private final CopyOrder order;

  CopyCatalog(SourceSession source, AppliedCatalog applied, CopyOrder order) {
    this.source = source;
    this.applied = applied;
    this.order = order;
  }

  @Override
  public Catalog sync() throws InterruptedException {
    if (!order.emptied()) {
      return withDrops(applied.catalog());
    }
    Catalog then = CatalogCut.of(source.sync(), order.cut());
    return order.whole() ? then : among(applied.catalog(), then);
  }

  /** The drops are older than the cut, because an object of the same name is created at the cut. */
  private Catalog withDrops(Catalog has) throws InterruptedException {
    Map<Long, CollectionEntry> collections = new HashMap<>(has.collections());
    collections.replaceAll((id, one) -> order.names(id) ? one.endedAt(order.cut() - 1) : one);
    Map<Long, DatabaseEntry> databases = new HashMap<>(has.databases());
    // Every Milvus has it, so no task lists it as created.
    databases.computeIfAbsent(DatabaseEntry.DEFAULT_ID, source.sync().databases()::get);
    return new Catalog(databases, collections, has.aliases(), Map.of());
  }

  private Catalog among(Catalog has, Catalog then) {
    Map<Long, DatabaseEntry> databases = new HashMap<>(then.databases());
    databases.putAll(has.databases());
    Map<Long, CollectionEntry> collections = new HashMap<>(has.collections());
    collections.keySet().removeIf(order::names);
    then.collections().values().stream()
        .filter(one -> order.names(one.id()))
        .forEach(one -> collections.put(one.id(), one));
    Map<AliasName, AliasEntry> aliases = new HashMap<>(has.aliases());
    aliases.values().removeIf(alias -> order.names(alias.collectionId()));
    then.aliases().values().stream()
        .filter(alias -> order.names(alias.collectionId()))
        .forEach(alias -> aliases.putIfAbsent(alias.name(), since(alias, order.cut())));
    return new Catalog(databases, collections, aliases, Map.of());
  }

  private static AliasEntry since(AliasEntry alias, long cut) {
    return new AliasEntry(alias.name(), alias.collectionId(), cut, 0);
  }

  @Override
  public void onCatalogChange(Runnable wake) {}
}
