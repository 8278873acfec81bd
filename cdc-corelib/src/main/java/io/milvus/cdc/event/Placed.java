package io.milvus.cdc.event;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;

/** A collection of the source with its database. */
public record Placed(DatabaseEntry database, CollectionEntry collection) {}
