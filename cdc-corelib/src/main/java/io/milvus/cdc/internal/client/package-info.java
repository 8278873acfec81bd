/**
 * A thin client that reads Milvus 2.3 and later: columns come as the protocol's own messages,
 * nothing is converted on the way, and what fails for the moment is tried again for a bounded time.
 * It is there for comparing millions of values, also while servers die; it is no part of the public
 * API, and applications are better off with the SDK.
 *
 * <p>All it changes is what reading needs: it makes indexes and loads. Whoever has to write extends
 * it.
 */
@NullMarked
package io.milvus.cdc.internal.client;

import org.jspecify.annotations.NullMarked;
