/** Tests the targets that send changes as events, and the programs that read them. */
@NullMarked
package io.milvus.cdc.examples.e2e.events;

import org.jspecify.annotations.NullMarked;
