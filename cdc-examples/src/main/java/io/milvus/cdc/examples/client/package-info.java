/**
 * A thin client for Milvus 2.3 and later: columns go in and out as the protocol's own messages,
 * nothing is converted on the way, and what fails for the moment is tried again for a bounded time.
 * It exists because tests kill servers and compare millions of values; applications are better off
 * with the SDK.
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
package io.milvus.cdc.examples.client;

import org.jspecify.annotations.NullMarked;
