/** Tests that errors of configuration are found before a task starts, and reported with a cure. */
@NullMarked
package io.milvus.cdc.examples.e2e.checks;

import org.jspecify.annotations.NullMarked;
