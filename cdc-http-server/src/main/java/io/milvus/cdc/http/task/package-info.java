/**
 * Manages the tasks of one server: their requests, stored across restarts, and the engine that runs
 * them.
 *
 * <p>Both APIs of the server, and its page, use {@link io.milvus.cdc.http.task.Tasks}.
 */
@NullMarked
package io.milvus.cdc.http.task;

import org.jspecify.annotations.NullMarked;
