package io.milvus.cdc.internal.wire;

/**
 * A field of a collection that no Milvus has made.
 *
 * @param type Milvus's name of it, such as {@code VarChar}
 * @param dimension of a vector, else 0
 * @param key whether it is the primary key
 */
public record WrittenField(String name, String type, int dimension, boolean key) {}
