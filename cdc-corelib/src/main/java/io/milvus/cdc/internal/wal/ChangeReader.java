package io.milvus.cdc.internal.wal;

import java.io.IOException;

/** Reads the headers and bodies of messages that carry no rows. */
final class ChangeReader {
  private ChangeReader() {}

  /**
   * Returns the change in a message.
   *
   * @throws IOException if it cannot be read
   */
  static WalChange read(WalType type, WalEnvelope envelope, WalMessage message) throws IOException {
    return switch (type) {
      case CREATE_COLLECTION,
          DROP_COLLECTION,
          CREATE_PARTITION,
          DROP_PARTITION,
          SCHEMA_CHANGE,
          ALTER_COLLECTION,
          TRUNCATE_COLLECTION ->
          CollectionChangeReader.read(type, message);
      case CREATE_DATABASE,
          ALTER_DATABASE,
          DROP_DATABASE,
          ALTER_ALIAS,
          DROP_ALIAS,
          ALTER_LOAD_CONFIG,
          DROP_LOAD_CONFIG,
          CREATE_INDEX,
          ALTER_INDEX,
          DROP_INDEX ->
          CatalogChangeReader.read(type, message);
      case RESTORE_RBAC,
          ALTER_USER,
          DROP_USER,
          ALTER_ROLE,
          DROP_ROLE,
          ALTER_USER_ROLE,
          DROP_USER_ROLE,
          ALTER_PRIVILEGE,
          DROP_PRIVILEGE,
          ALTER_PRIVILEGE_GROUP,
          DROP_PRIVILEGE_GROUP ->
          AccessChangeReader.read(type, message);
      case MANUAL_FLUSH,
          FLUSH_ALL,
          IMPORT,
          COMMIT_IMPORT,
          ROLLBACK_IMPORT,
          RESTORE_SNAPSHOT,
          BATCH_UPDATE_MANIFEST,
          REFRESH_EXTERNAL_COLLECTION ->
          UnsentRowsReader.read(type, envelope, message);
      case ALTER_RESOURCE_GROUP,
          DROP_RESOURCE_GROUP,
          CREATE_SNAPSHOT,
          DROP_SNAPSHOT,
          DROP_SNAPSHOTS_BY_COLLECTION,
          ALTER_WAL,
          ALTER_REPLICATE_CONFIG ->
          ClusterChangeReader.read(type, message);
      case TIME_TICK, INSERT, DELETE, FLUSH, CREATE_SEGMENT, BEGIN_TXN, COMMIT_TXN, ROLLBACK_TXN ->
          throw new IllegalArgumentException(type + " is no change");
    };
  }
}
