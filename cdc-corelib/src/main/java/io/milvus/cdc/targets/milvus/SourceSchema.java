package io.milvus.cdc.targets.milvus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.error.CorruptCheckpointException;
import io.milvus.grpc.CollectionSchema;
import java.util.Base64;

/** Decodes the schema of a collection of the source, in Milvus's format. */
final class SourceSchema {
  private SourceSchema() {}

  static CollectionSchema of(CollectionEntry collection) {
    try {
      return CollectionSchema.parseFrom(Base64.getDecoder().decode(collection.schema().encoded()))
          .toBuilder()
          .setName(collection.name())
          .build();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw new CorruptCheckpointException(
          "The schema of collection %s cannot be read: %s"
              .formatted(collection.name(), e.getMessage()),
          "",
          e);
    }
  }
}
