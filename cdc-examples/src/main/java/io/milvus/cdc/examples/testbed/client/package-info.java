/**
 * Adds writes to the core library's reader of Milvus: rows, catalogs and users. Temporary failures
 * are retried for a bounded time, because tests kill servers. Applications should use the SDK.
 *
 * <pre>{@code
 * try (MilvusClient milvus = MilvusClient.connect("http://127.0.0.1:19530")) {
 *   MilvusCollection books = milvus.collection("default", "books");
 *   books.insert(List.of(Columns.int64("id", 1, 2), Columns.varchar("title", "Emma", "Ulysses")));
 *   long rows = books.count(ReadAt.strong());
 * }
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.examples.testbed.client;

import org.jspecify.annotations.NullMarked;
