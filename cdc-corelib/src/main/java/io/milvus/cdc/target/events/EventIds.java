package io.milvus.cdc.target.events;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.event.RowsHeader;
import io.milvus.cdc.event.SchemaEvent;

/**
 * What identifies an event. A row: its message's place in the source's queue, and its own in the
 * message. A change of the catalog: what changed, by ids that the source never gives twice. Its
 * timestamp is not part of it, because the source may forget that.
 */
final class EventIds implements SchemaEvent.Visitor<RuntimeException> {
  private String id = "";

  private EventIds() {}

  static String of(RowsHeader header, int index) {
    return header.channel() + "/" + header.position() + "/" + index;
  }

  static String of(SchemaEvent event) {
    EventIds ids = new EventIds();
    event.accept(ids);
    return ids.id;
  }

  static String created(long collectionId) {
    return "collection.created/" + collectionId;
  }

  static String renamed(long collectionId, long since) {
    return "collection.renamed/%d/%d".formatted(collectionId, since);
  }

  /** A database may be on the target under several names, where names are mapped. */
  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) {
    id = "database.created/%d/%s".formatted(event.database().id(), event.database().name());
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {
    id = "database.dropped/%d/%s".formatted(event.database().id(), event.database().name());
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) {
    id = created(event.collection().id());
  }

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) {
    id = "collection.dropped/" + event.collection().id();
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) {
    id = renamed(event.collection().id(), event.naming().since());
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) {
    id = "partition.created/" + event.partition().id();
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) {
    id = "partition.dropped/" + event.partition().id();
  }

  /** What the ids of all settings of an alias begin with. */
  static String anySettingOf(AliasName alias) {
    return "alias.set/" + of(alias);
  }

  private static String of(AliasName alias) {
    return "%d/%s/".formatted(alias.databaseId(), alias.text());
  }

  private static String of(AliasEntry alias) {
    return "%s%d/%d".formatted(of(alias.name()), alias.collectionId(), alias.since());
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) {
    id = "alias.set/" + of(event.alias());
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) {
    id = "alias.dropped/" + of(event.alias());
  }
}
