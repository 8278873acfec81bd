package io.milvus.cdc.event;

import io.milvus.cdc.catalog.AliasEntry;
import io.milvus.cdc.catalog.AliasName;

/**
 * What identifies a change of the catalog: what changed, by ids that the source never gives twice.
 * Its timestamp is not part of it: the source may forget that, and the creation of a partition
 * moves when its rows are older. Internal.
 */
public final class SchemaEventId implements SchemaEvent.Visitor<RuntimeException> {
  private String id = "";

  private SchemaEventId() {}

  public static String of(SchemaEvent event) {
    SchemaEventId visitor = new SchemaEventId();
    event.accept(visitor);
    return visitor.id;
  }

  /** Of the creation of a collection. */
  public static String created(long collectionId) {
    return "collection.created/" + collectionId;
  }

  /**
   * Of a rename of a collection.
   *
   * @param since when it got the name, as a hybrid timestamp of the source
   */
  public static String renamed(long collectionId, long since) {
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
  public static String anySettingOf(AliasName alias) {
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
