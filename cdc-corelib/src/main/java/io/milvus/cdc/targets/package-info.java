/**
 * What a target must offer: to take rows and catalog changes in order, and to say when it has them.
 *
 * <p>A session is used by one thread.
 */
@Incubating
@NullMarked
package io.milvus.cdc.targets;

import io.milvus.cdc.annotation.Incubating;
import org.jspecify.annotations.NullMarked;
