/**
 * Runs the core library as a process of its own. Tasks are created, paused, resumed, deleted and
 * shown over HTTP.
 *
 * <p>{@link io.milvus.cdc.http.Main} is the program, {@link io.milvus.cdc.http.CdcServer} is the
 * same server to embed. It has two APIs, {@code go} for clients of the Go server and {@code rest}.
 * Both use one package {@code task}; {@code web} routes requests to them. Everything uses the
 * public API of the core library; no replication logic belongs here.
 */
@NullMarked
package io.milvus.cdc.http;

import org.jspecify.annotations.NullMarked;
