package io.milvus.cdc.examples.testbed.client;

import com.google.protobuf.ByteString;
import io.milvus.cdc.catalog.Timestamps;
import io.milvus.cdc.internal.client.CollectionReader;
import io.milvus.cdc.internal.client.Connection;
import io.milvus.cdc.internal.client.MilvusException;
import io.milvus.cdc.internal.client.ReadAt;
import io.milvus.cdc.internal.client.Repeat;
import io.milvus.cdc.internal.milvus.Key;
import io.milvus.cdc.internal.milvus.Methods;
import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.CompactionState;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropPartitionRequest;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.GetCompactionStateRequest;
import io.milvus.grpc.GetCompactionStateResponse;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.IDs;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportState;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ManualCompactionRequest;
import io.milvus.grpc.MsgBase;
import io.milvus.grpc.MsgType;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.SegmentState;
import io.milvus.grpc.UpsertRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import milvus.proto.msg.Msg;

/** Reads and writes a collection of a Milvus instance, by name. Thread-safe. */
public final class MilvusCollection extends CollectionReader {
  MilvusCollection(Connection connection, String database, String name) {
    super(connection, database, name);
  }

  /** Returns its indexes and its load state. */
  @Override
  public Serving serving() {
    return new Serving(connection(), database(), name());
  }

  /** Sets one of its properties, such as {@code collection.ttl.seconds}. */
  public void alter(String property, String value) {
    AlterCollectionRequest request =
        AlterCollectionRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .addProperties(KeyValuePair.newBuilder().setKey(property).setValue(value))
            .build();
    connection().change("alter " + this, Methods.ALTER_COLLECTION, request);
  }

  /**
   * Renames it, in its database or into another one.
   *
   * @return a handle on it under the new name
   */
  public MilvusCollection rename(String newDatabase, String newName) {
    RenameCollectionRequest request =
        RenameCollectionRequest.newBuilder()
            .setDbName(database())
            .setOldName(name())
            .setNewDBName(newDatabase)
            .setNewName(newName)
            .build();
    connection()
        .change(
            "rename %s to %s.%s".formatted(this, newDatabase, newName),
            Methods.RENAME_COLLECTION,
            request);
    return new MilvusCollection(connection(), newDatabase, newName);
  }

  /**
   * Sends a time tick of this moment on its channels, as a replication does. For a collection that
   * was created on a standby by hand. A data node of 2.3.5 waits for the first tick of each
   * collection, and serves no other collection meanwhile (pkg/mq/msgdispatcher/client.go).
   */
  public void tick() {
    long now = Timestamps.of(Instant.now());
    ByteString tick =
        Msg.TimeTickMsg.newBuilder()
            .setBase(MsgBase.newBuilder().setMsgType(MsgType.TimeTick).setTimestamp(now))
            .build()
            .toByteString();
    for (String channel : describe().getPhysicalChannelNamesList()) {
      ReplicateMessageRequest request =
          ReplicateMessageRequest.newBuilder()
              .setChannelName(channel)
              .setBeginTs(now)
              .setEndTs(now)
              .addMsgs(tick)
              .build();
      connection().call("send a tick to " + channel, Repeat.ALWAYS, Methods.REPLICATE, request);
    }
  }

  /** Returns the number of its stored rows. */
  public long storedRows() {
    GetPersistentSegmentInfoRequest request =
        GetPersistentSegmentInfoRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .build();
    return connection()
        .call(
            "list the segments of " + this,
            Repeat.ALWAYS,
            WriterMethods.GET_PERSISTENT_SEGMENT_INFO,
            request)
        .getInfosList()
        .stream()
        .filter(segment -> segment.getState() == SegmentState.Flushed)
        .mapToLong(PersistentSegmentInfo::getNumRows)
        .sum();
  }

  /** Imports rows from a file that the server can read. Returns when the import is complete. */
  public void bulkInsert(String file) {
    ImportRequest request =
        ImportRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .setRowBased(true)
            .addFiles(file)
            .build();
    long task =
        connection()
            .call("import into " + this, Repeat.WHEN_NOT_DONE, WriterMethods.IMPORT, request)
            .getTasks(0);
    GetImportStateRequest asked = GetImportStateRequest.newBuilder().setTask(task).build();
    ImportState state = ImportState.ImportPending;
    while (state != ImportState.ImportCompleted) {
      GetImportStateResponse told =
          connection()
              .call(
                  "read the progress of the import into %s".formatted(this),
                  Repeat.ALWAYS,
                  WriterMethods.GET_IMPORT_STATE,
                  asked);
      state = told.getState();
      if (state == ImportState.ImportFailed || state == ImportState.ImportFailedAndCleaned) {
        throw MilvusException.waited("The import into %s failed: %s".formatted(this, told));
      }
      Connection.sleep(Duration.ofMillis(200));
    }
  }

  /** Creates an alias of it. Fails if another collection has that alias. */
  public void createAlias(String alias) {
    CreateAliasRequest request =
        CreateAliasRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .setAlias(alias)
            .build();
    connection()
        .change("create alias %s of %s".formatted(alias, this), Methods.CREATE_ALIAS, request);
  }

  /** Moves an alias of another collection to this one. */
  public void takeAlias(String alias) {
    AlterAliasRequest request =
        AlterAliasRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .setAlias(alias)
            .build();
    connection().change("move alias %s to %s".formatted(alias, this), Methods.ALTER_ALIAS, request);
  }

  /** Drops one of its aliases. */
  public void dropAlias(String alias) {
    DropAliasRequest request =
        DropAliasRequest.newBuilder().setDbName(database()).setAlias(alias).build();
    connection().change("drop alias %s of %s".formatted(alias, this), Methods.DROP_ALIAS, request);
  }

  /** Creates a partition, unless it exists. */
  public void createPartition(String partition) {
    CreatePartitionRequest request =
        CreatePartitionRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .setPartitionName(partition)
            .build();
    connection()
        .change(
            "create partition %s of %s".formatted(partition, this),
            Methods.CREATE_PARTITION,
            request);
  }

  /** Releases a partition, as Milvus demands, and drops it, if it exists. */
  public void dropPartition(String partition) {
    if (!partitions().contains(partition)) {
      return;
    }
    serving().releasePartition(partition);
    DropPartitionRequest request =
        DropPartitionRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .setPartitionName(partition)
            .build();
    connection()
        .change(
            "drop partition %s of %s".formatted(partition, this), Methods.DROP_PARTITION, request);
  }

  /**
   * Inserts rows into the default partition, or into the partitions that the partition key selects.
   */
  public List<Key> insert(List<FieldData> columns) {
    return insert("", columns, WhenUnsure.FAIL);
  }

  /**
   * Inserts rows.
   *
   * @param partition empty for the default one, and if there is a partition key
   * @return their keys
   */
  public List<Key> insert(String partition, List<FieldData> columns, WhenUnsure whenUnsure) {
    InsertRequest request =
        InsertRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .setPartitionName(partition)
            .addAllFieldsData(columns)
            .setNumRows(Columns.rows(columns))
            .build();
    try {
      return keys(
          connection()
              .call("insert into " + this, Repeat.WHEN_NOT_DONE, WriterMethods.INSERT, request));
    } catch (MilvusException e) {
      if (!e.unsure() || whenUnsure == WhenUnsure.FAIL) {
        throw e;
      }
      return upsert(partition, columns);
    }
  }

  /**
   * Replaces rows with the same keys. Milvus 2.3 rejects upserts with automatic keys.
   *
   * @return the keys
   */
  public List<Key> upsert(String partition, List<FieldData> columns) {
    UpsertRequest request =
        UpsertRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .setPartitionName(partition)
            .addAllFieldsData(columns)
            .setNumRows(Columns.rows(columns))
            .build();
    return keys(
        connection().call("upsert into " + this, Repeat.ALWAYS, WriterMethods.UPSERT, request));
  }

  /**
   * Deletes rows.
   *
   * @param partition empty for all of them
   * @param expression such as {@code id in [1, 2]}
   */
  public void delete(String partition, String expression) {
    DeleteRequest request =
        DeleteRequest.newBuilder()
            .setDbName(database())
            .setCollectionName(name())
            .setPartitionName(partition)
            .setExpr(expression)
            .build();
    connection().call("delete from " + this, Repeat.ALWAYS, Methods.DELETE, request);
  }

  /** Seals the inserted rows. They are written to storage soon after. */
  public void flush() {
    FlushRequest request =
        FlushRequest.newBuilder().setDbName(database()).addCollectionNames(name()).build();
    connection().call("flush " + this, Repeat.ALWAYS, Methods.FLUSH, request);
  }

  /**
   * Compacts its segments. Returns when that is complete.
   *
   * @return the number of new segments, which is zero if no segment is indexed
   */
  public long compact() {
    ManualCompactionRequest request =
        ManualCompactionRequest.newBuilder().setCollectionID(describe().getCollectionID()).build();
    long compaction =
        connection()
            .call("compact " + this, Repeat.ALWAYS, WriterMethods.COMPACT, request)
            .getCompactionID();
    GetCompactionStateRequest asked =
        GetCompactionStateRequest.newBuilder().setCompactionID(compaction).build();
    while (true) {
      GetCompactionStateResponse told =
          connection()
              .call(
                  "read the progress of the compaction of " + this,
                  Repeat.ALWAYS,
                  WriterMethods.GET_COMPACTION_STATE,
                  asked);
      if (told.getState() != CompactionState.Executing) {
        return told.getCompletedPlanNo();
      }
      Connection.sleep(Duration.ofMillis(200));
    }
  }

  /** Returns the number of its rows. Rows that share a key count separately. */
  public long count(ReadAt at) {
    return count(List.of(), at);
  }

  private static List<Key> keys(MutationResult written) {
    IDs ids = written.getIDs();
    return ids.hasIntId()
        ? ids.getIntId().getDataList().stream().map(Key::of).toList()
        : ids.getStrId().getDataList().stream().map(Key::of).toList();
  }
}
