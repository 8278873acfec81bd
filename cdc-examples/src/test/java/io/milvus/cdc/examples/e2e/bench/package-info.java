/**
 * Holds the fixtures of the end-to-end tests: databases, processes, topics and tables on the local
 * stack.
 */
@NullMarked
package io.milvus.cdc.examples.e2e.bench;

import org.jspecify.annotations.NullMarked;
