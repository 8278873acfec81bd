/**
 * Serves the API of the Go server milvus-cdc: {@code POST /cdc}. Its clients find the same
 * requests, answers and codes, with better error messages.
 */
@NullMarked
package io.milvus.cdc.http.go;

import org.jspecify.annotations.NullMarked;
