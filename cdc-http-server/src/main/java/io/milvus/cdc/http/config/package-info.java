/** Reads the configuration of a server: our own file, or the Go server's. */
@NullMarked
package io.milvus.cdc.http.config;

import org.jspecify.annotations.NullMarked;
