/** Tests that databases, collections, aliases, indexes and loads follow on the target. */
@NullMarked
package io.milvus.cdc.examples.e2e.catalog;

import org.jspecify.annotations.NullMarked;
