package io.milvus.cdc.internal.engine;

import io.milvus.cdc.NameMapping;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;
import io.milvus.cdc.event.Placed;
import io.milvus.cdc.event.SchemaEvent;
import io.milvus.cdc.targets.TargetSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Applies changes under mapped names on the target. Only changes of the catalog hold names that
 * matter. Everything later is found by the collection's id.
 */
final class MappedSession extends ForwardingSession {
  private final NameTranslation names;

  private MappedSession(TargetSession target, NameTranslation names) {
    super(target);
    this.names = names;
  }

  /** Returns the session itself if nothing is mapped. */
  static TargetSession of(TargetSession target, NameMapping names) {
    return names.isNone() ? target : new MappedSession(target, new NameTranslation(names));
  }

  @Override
  public boolean bind(DatabaseEntry database, CollectionEntry collection)
      throws InterruptedException {
    return !bindAll(List.of(new Placed(database, collection))).isEmpty();
  }

  @Override
  public Set<Long> bindAll(List<Placed> placed) throws InterruptedException {
    Set<Long> there = target.bindAll(placed.stream().map(names::of).toList());
    placed.stream().filter(one -> there.contains(one.collection().id())).forEach(names::occupy);
    return there;
  }

  @Override
  public void apply(SchemaEvent event) throws InterruptedException {
    for (SchemaEvent translated : names.of(event)) {
      target.apply(translated);
    }
  }

  @Override
  public List<SchemaEvent.Creation> createAhead(List<SchemaEvent.Creation> creations)
      throws InterruptedException {
    Map<SchemaEvent, SchemaEvent.Creation> originals = new HashMap<>();
    List<SchemaEvent.Creation> mapped = new ArrayList<>();
    for (SchemaEvent.Creation creation : creations) {
      names.of(creation).stream().map(SchemaEvent.Creation.class::cast).forEach(mapped::add);
      originals.put(mapped.get(mapped.size() - 1), creation);
    }
    List<SchemaEvent.Creation> created =
        target.createAhead(mapped).stream().map(originals::get).filter(Objects::nonNull).toList();
    creations.stream().filter(one -> !created.contains(one)).forEach(names::release);
    return created;
  }
}
