/**
 * Decodes the bodies of messages to events, and the values in them that etcd has, too. Internal.
 */
@NullMarked
package io.milvus.cdc.internal.decode;

import org.jspecify.annotations.NullMarked;
