/** Changes in a program's own hands: a journal of them, to be read by whatever comes later. */
@NullMarked
package io.milvus.cdc.examples.journal;

import org.jspecify.annotations.NullMarked;
