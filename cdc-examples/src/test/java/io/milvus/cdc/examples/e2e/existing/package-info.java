/** Tests that a task copies the rows that its source had before, and then follows the source. */
@NullMarked
package io.milvus.cdc.examples.e2e.existing;

import org.jspecify.annotations.NullMarked;
