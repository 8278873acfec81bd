/**
 * The core library as a process of its own: tasks are created, paused, resumed, deleted and looked
 * at over HTTP.
 *
 * <p>Nothing is here yet. What will be: a server that binds to the loopback address unless told
 * otherwise, the request format of the Go milvus-cdc server for those who migrate, a REST face
 * described by OpenAPI, and health and metrics endpoints. All of it goes through the public API of
 * the core library; no replication logic belongs here.
 */
@NullMarked
package io.milvus.cdc.http;

import org.jspecify.annotations.NullMarked;
