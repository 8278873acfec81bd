package io.milvus.cdc.internal.wire;

/**
 * Describes a field of a collection that no Milvus has created.
 *
 * @param type Milvus's name of it, such as {@code VarChar}
 * @param elementType the same of an array's elements, else empty
 * @param dimension of a vector, else 0
 * @param key whether it is the primary key
 */
public record WrittenField(
    String name, String type, String elementType, int dimension, boolean key) {}
