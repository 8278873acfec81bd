/**
 * Reads what people wrote: configuration files and requests, with errors that say where and what.
 */
@NullMarked
package io.milvus.cdc.http.fields;

import org.jspecify.annotations.NullMarked;
