/** Says how stable a part of the API is. */
@NullMarked
package io.milvus.cdc.annotation;

import org.jspecify.annotations.NullMarked;
