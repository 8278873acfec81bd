package io.milvus.cdc.catalog;

/**
 * Holds the schema of a collection as Milvus encodes it, so that nothing is lost on the way to a
 * target.
 *
 * @param encoded base64 of a {@code milvus.proto.schema.CollectionSchema} with the user's fields:
 *     without the system fields (ids below 100) and without {@code $meta}
 * @param primaryKeyField the field id of the primary key
 * @param partitionKey whether a field is the partition key
 */
public record CollectionSchema(String encoded, long primaryKeyField, boolean partitionKey) {}
