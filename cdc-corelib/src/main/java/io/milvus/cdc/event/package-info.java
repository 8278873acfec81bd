/** What happened on a source, as immutable values that depend on nothing but the JDK. */
@NullMarked
package io.milvus.cdc.event;

import org.jspecify.annotations.NullMarked;
