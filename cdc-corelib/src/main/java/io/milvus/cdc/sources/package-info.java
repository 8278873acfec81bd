/**
 * What a source must offer: a catalog that is complete up to a moment, and its channels.
 *
 * <p>An implementation is told its task once, in {@link io.milvus.cdc.sources.ChangeSource#open},
 * and is used by one thread for the catalog and one for each channel.
 */
@Incubating
@NullMarked
package io.milvus.cdc.sources;

import io.milvus.cdc.annotation.Incubating;
import org.jspecify.annotations.NullMarked;
