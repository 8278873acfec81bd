/** What a server is told at its start: our own configuration file, or the Go server's. */
@NullMarked
package io.milvus.cdc.http.config;

import org.jspecify.annotations.NullMarked;
