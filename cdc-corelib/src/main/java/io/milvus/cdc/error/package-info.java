/**
 * Defines the exceptions of this library, one type for each reaction.
 *
 * <p>{@link io.milvus.cdc.error.ConfigException}: correct the configuration. {@link
 * io.milvus.cdc.error.RetriableException}: try again later. The engine does that by itself; with a
 * {@link io.milvus.cdc.error.RefusedException} it does so until the same refusal has lasted for a
 * while. Every other exception needs an operator. Its message contains the problem, the value and
 * the cure.
 */
@NullMarked
package io.milvus.cdc.error;

import org.jspecify.annotations.NullMarked;
