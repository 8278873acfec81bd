/**
 * Messages that a task could not handle and set aside, and the places that keep them.
 *
 * <p>A letter is stored before the checkpoint passes its message, so that nothing falls between the
 * two. After a crash the same message may be set aside again: its channel and position tell.
 *
 * <p>What a person does with them, once the cause is mended: read the letters of the task, and
 * write the rows that are still on the source there again, as they are now (an upsert). They come
 * through the task like any others, in order with all that happened to their keys since. Sending
 * the letters' own bytes again would bring back rows that the source has deleted meanwhile.
 */
@NullMarked
package io.milvus.cdc.deadletter;

import org.jspecify.annotations.NullMarked;
