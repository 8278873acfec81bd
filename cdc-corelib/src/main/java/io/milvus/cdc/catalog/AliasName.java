package io.milvus.cdc.catalog;

/** The name of an alias in its database. */
public record AliasName(long databaseId, String text) {}
