/**
 * The core library as a process of its own: tasks are created, paused, resumed, deleted and looked
 * at over HTTP.
 *
 * <p>{@link io.milvus.cdc.http.Main} is the program, {@link io.milvus.cdc.http.CdcServer} the same
 * to embed. There are two faces, {@code go} for clients of the Go server and {@code rest}, over one
 * room of {@code task}s; {@code web} brings requests to them. All of it goes through the public API
 * of the core library; no replication logic belongs here.
 */
@NullMarked
package io.milvus.cdc.http;

import org.jspecify.annotations.NullMarked;
