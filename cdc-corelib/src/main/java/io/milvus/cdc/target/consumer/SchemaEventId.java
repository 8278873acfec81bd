package io.milvus.cdc.target.consumer;

import io.milvus.cdc.event.SchemaEvent;

/**
 * What a change of the catalog is called, by what it is about. Its timestamp is not part of it: the
 * creation of a partition moves when its rows are older.
 */
final class SchemaEventId implements SchemaEvent.Visitor<RuntimeException> {
  private String id = "";

  private SchemaEventId() {}

  static String of(SchemaEvent event) {
    SchemaEventId visitor = new SchemaEventId();
    event.accept(visitor);
    return visitor.id;
  }

  @Override
  public void createDatabase(SchemaEvent.CreateDatabase event) {
    id = "create-database/" + event.database().id();
  }

  @Override
  public void dropDatabase(SchemaEvent.DropDatabase event) {
    id = "drop-database/" + event.database().id();
  }

  @Override
  public void createCollection(SchemaEvent.CreateCollection event) {
    id = "create-collection/" + event.collection().id();
  }

  @Override
  public void dropCollection(SchemaEvent.DropCollection event) {
    id = "drop-collection/" + event.collection().id();
  }

  @Override
  public void renameCollection(SchemaEvent.RenameCollection event) {
    id = "rename-collection/%d/%d".formatted(event.collection().id(), event.naming().since());
  }

  @Override
  public void createPartition(SchemaEvent.CreatePartition event) {
    id = "create-partition/" + event.partition().id();
  }

  @Override
  public void dropPartition(SchemaEvent.DropPartition event) {
    id = "drop-partition/" + event.partition().id();
  }

  @Override
  public void setAlias(SchemaEvent.SetAlias event) {
    id =
        "set-alias/%d/%s/%d/%d"
            .formatted(
                event.alias().name().databaseId(),
                event.alias().name().text(),
                event.alias().collectionId(),
                event.alias().since());
  }

  @Override
  public void dropAlias(SchemaEvent.DropAlias event) {
    id =
        "drop-alias/%d/%s/%d"
            .formatted(
                event.alias().name().databaseId(),
                event.alias().name().text(),
                event.alias().since());
  }
}
