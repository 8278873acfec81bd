/**
 * Defines a source: a catalog that is complete up to a moment, and channels of messages.
 *
 * <p>An implementation receives its task once, in {@link io.milvus.cdc.sources.ChangeSource#open}.
 * One thread uses the session for the catalog, and one thread each uses a channel's reader.
 */
@Incubating
@NullMarked
package io.milvus.cdc.sources;

import io.milvus.cdc.annotation.Incubating;
import org.jspecify.annotations.NullMarked;
