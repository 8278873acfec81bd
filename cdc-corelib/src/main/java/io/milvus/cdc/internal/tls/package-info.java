/** Reads certificates for clients that are built on the JDK's TLS. */
@NullMarked
package io.milvus.cdc.internal.tls;

import org.jspecify.annotations.NullMarked;
