/**
 * Runs a real source and a real standby Milvus on this machine, for the quickstart and for the
 * end-to-end tests. {@link io.milvus.cdc.examples.testbed.stack.LocalStack} runs the script {@code
 * cdc-examples/local-stack/stack.py}, which does the work.
 *
 * <pre>{@code
 * LocalStack stack = LocalStack.up(System.out::println);
 * String source = stack.addresses().source().uri();
 * stack.restart(Part.QUEUE);
 * }</pre>
 */
@NullMarked
package io.milvus.cdc.examples.testbed.stack;

import org.jspecify.annotations.NullMarked;
