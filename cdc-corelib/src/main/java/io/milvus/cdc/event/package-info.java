/**
 * Holds changes of a source as immutable values. They depend on the JDK and on the package {@link
 * io.milvus.cdc.catalog} only.
 */
@NullMarked
package io.milvus.cdc.event;

import org.jspecify.annotations.NullMarked;
