/** Message bodies to events. Internal. */
@NullMarked
package io.milvus.cdc.source.decode;

import org.jspecify.annotations.NullMarked;
