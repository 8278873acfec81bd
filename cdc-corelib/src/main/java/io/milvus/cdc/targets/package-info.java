/**
 * What a target must offer: to take rows and catalog changes in order, and to say when it has them.
 *
 * <p>A session is used by one thread.
 */
@NullMarked
package io.milvus.cdc.targets;

import org.jspecify.annotations.NullMarked;
