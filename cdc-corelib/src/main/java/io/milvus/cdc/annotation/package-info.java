/** Marks the stability of parts of the API. */
@NullMarked
package io.milvus.cdc.annotation;

import org.jspecify.annotations.NullMarked;
