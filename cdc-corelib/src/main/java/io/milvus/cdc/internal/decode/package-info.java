/** Decodes the bodies of messages to events. Internal. */
@NullMarked
package io.milvus.cdc.internal.decode;

import org.jspecify.annotations.NullMarked;
