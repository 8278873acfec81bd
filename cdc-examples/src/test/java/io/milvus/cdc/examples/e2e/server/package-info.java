/**
 * Tests the program of the HTTP server: its requests, its image, and two servers that share a
 * store.
 */
@NullMarked
package io.milvus.cdc.examples.e2e.server;

import org.jspecify.annotations.NullMarked;
