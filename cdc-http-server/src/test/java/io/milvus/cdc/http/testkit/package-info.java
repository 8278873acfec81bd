/** An engine that replicates nothing, and a client to drive a server with. */
@NullMarked
package io.milvus.cdc.http.testkit;

import org.jspecify.annotations.NullMarked;
