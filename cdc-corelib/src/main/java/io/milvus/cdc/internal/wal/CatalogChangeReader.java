package io.milvus.cdc.internal.wal;

import io.milvus.cdc.catalog.AliasName;
import io.milvus.cdc.internal.decode.KeyValues;
import io.milvus.cdc.proto.meta.FieldIndex;
import io.milvus.cdc.proto.meta.IndexInfo;
import io.milvus.cdc.proto.wal.AlterAliasHeader;
import io.milvus.cdc.proto.wal.AlterIndexBody;
import io.milvus.cdc.proto.wal.AlterLoadConfigHeader;
import io.milvus.cdc.proto.wal.CreateIndexBody;
import io.milvus.cdc.proto.wal.DatabaseBody;
import io.milvus.cdc.proto.wal.DatabaseHeader;
import io.milvus.cdc.proto.wal.DropAliasHeader;
import io.milvus.cdc.proto.wal.DropLoadConfigHeader;
import io.milvus.cdc.proto.wal.IndexesHeader;
import io.milvus.cdc.proto.wal.LoadedField;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads messages about databases, aliases, indexes and loads. */
final class CatalogChangeReader {
  private CatalogChangeReader() {}

  static WalChange read(WalType type, WalMessage message) throws IOException {
    byte[] body = message.body().bytes();
    return switch (type) {
      case CREATE_DATABASE, ALTER_DATABASE, DROP_DATABASE ->
          database(type, WalEnvelope.header(message, DatabaseHeader.parser()), body);
      case ALTER_ALIAS -> {
        AlterAliasHeader one = WalEnvelope.header(message, AlterAliasHeader.parser());
        yield new AliasChange.Set(
            new AliasName(one.getDatabaseId(), one.getAlias()), one.getCollectionId());
      }
      case DROP_ALIAS -> {
        DropAliasHeader one = WalEnvelope.header(message, DropAliasHeader.parser());
        yield new AliasChange.Drop(new AliasName(one.getDatabaseId(), one.getAlias()));
      }
      case ALTER_LOAD_CONFIG -> load(WalEnvelope.header(message, AlterLoadConfigHeader.parser()));
      case DROP_LOAD_CONFIG ->
          new ServingChange.Release(
              WalEnvelope.header(message, DropLoadConfigHeader.parser()).getCollectionId());
      case CREATE_INDEX -> indexes(List.of(CreateIndexBody.parseFrom(body).getIndex()));
      case ALTER_INDEX -> indexes(AlterIndexBody.parseFrom(body).getIndexesList());
      default -> {
        IndexesHeader one = WalEnvelope.header(message, IndexesHeader.parser());
        yield new ServingChange.DropIndexes(
            one.getCollectionId(), Set.copyOf(one.getIndexIdsList()));
      }
    };
  }

  private static DatabaseChange database(WalType type, DatabaseHeader header, byte[] body)
      throws IOException {
    if (type == WalType.DROP_DATABASE) {
      return new DatabaseChange.Drop(header.getId());
    }
    DatabaseBody one = DatabaseBody.parseFrom(body);
    return type == WalType.CREATE_DATABASE
        ? new DatabaseChange.Create(
            header.getId(), header.getName(), KeyValues.map(one.getPropertiesList()))
        : new DatabaseChange.Alter(
            header.getId(),
            KeyValues.map(one.getPropertiesList()),
            Set.copyOf(one.getReplicas().getCollectionIdsList()),
            one.getReplicas().getReplicaNumber());
  }

  private static ServingChange load(AlterLoadConfigHeader load) {
    return new ServingChange.Load(
        load.getCollectionId(),
        Set.copyOf(load.getPartitionIdsList()),
        load.getLoadFieldsList().stream().map(LoadedField::getFieldId).collect(Collectors.toSet()),
        // None if each cluster is to choose its own.
        Math.max(1, load.getReplicasCount()));
  }

  private static ServingChange indexes(List<FieldIndex> indexes) throws IOException {
    if (indexes.isEmpty()) {
      throw new IOException("it alters no index");
    }
    return new ServingChange.SetIndexes(
        indexes.get(0).getIndexInfo().getCollectionId(),
        indexes.stream().map(one -> index(one.getIndexInfo())).toList());
  }

  private static ServingChange.Index index(IndexInfo info) {
    return new ServingChange.Index(
        info.getId(),
        info.getName(),
        info.getFieldId(),
        KeyValues.map(info.getUserIndexParamsList()));
  }
}
