/** Reads configuration files and requests. Errors state the place and the problem. */
@NullMarked
package io.milvus.cdc.http.fields;

import org.jspecify.annotations.NullMarked;
