/**
 * Writes to a Milvus as a target, in one of two ways. A standby is fed through {@code
 * ReplicateMessage}, by classes that begin with {@code Standby}. Any other Milvus is filled by
 * client writes, by classes that begin with {@code ClientWrite}. Both share the changes of the
 * catalog, of indexes and loads, and of access, except for the differences in {@code CatalogRules}.
 */
@NullMarked
package io.milvus.cdc.targets.milvus;

import org.jspecify.annotations.NullMarked;
