/** Tests that a task survives kills and cut connections, and that a target can be promoted. */
@NullMarked
package io.milvus.cdc.examples.e2e.faults;

import org.jspecify.annotations.NullMarked;
