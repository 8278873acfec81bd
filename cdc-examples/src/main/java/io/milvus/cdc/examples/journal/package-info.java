/** Shows a program that receives changes itself: it writes them to a journal for later readers. */
@NullMarked
package io.milvus.cdc.examples.journal;

import org.jspecify.annotations.NullMarked;
