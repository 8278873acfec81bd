/**
 * A Milvus as a target, in one of two ways: a standby in standby mode, fed through {@code
 * ReplicateMessage} (names that begin with {@code Standby}), or any that takes writes, filled by
 * client writes (names that begin with {@code Ordinary}). Changes of the catalog, of what serves it
 * and of access are the same for both, but for what {@code CatalogRules} tell.
 */
@NullMarked
package io.milvus.cdc.targets.milvus;

import org.jspecify.annotations.NullMarked;
