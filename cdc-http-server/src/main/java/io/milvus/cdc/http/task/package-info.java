/**
 * The tasks of one server: what was asked for, kept through restarts, and the engine that does it.
 *
 * <p>Both faces of the server, and its page, go through {@link io.milvus.cdc.http.task.Tasks}.
 */
@NullMarked
package io.milvus.cdc.http.task;

import org.jspecify.annotations.NullMarked;
