package io.milvus.cdc.catalog;

/** An alias in its database. */
public record AliasName(long databaseId, String text) {}
