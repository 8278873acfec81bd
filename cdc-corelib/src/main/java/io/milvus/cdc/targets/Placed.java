package io.milvus.cdc.targets;

import io.milvus.cdc.catalog.CollectionEntry;
import io.milvus.cdc.catalog.DatabaseEntry;

/** A collection of the source, and the database that it is in. */
public record Placed(DatabaseEntry database, CollectionEntry collection) {}
