/**
 * The face of the Go server milvus-cdc: {@code POST /cdc}. Its clients find the same requests,
 * answers and codes; what is wrong is said better.
 */
@NullMarked
package io.milvus.cdc.http.go;

import org.jspecify.annotations.NullMarked;
