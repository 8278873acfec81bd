/**
 * What can go wrong, by what a caller may do about it.
 *
 * <p>{@link io.milvus.cdc.error.ConfigException}: mend the configuration. {@link
 * io.milvus.cdc.error.RetriableException}: try again later (the engine does so by itself, and with
 * a {@link io.milvus.cdc.error.RefusedException} until the same refusal has lasted for a while).
 * Everything else needs a person: its message says what, which value, and what to do.
 */
@NullMarked
package io.milvus.cdc.error;

import org.jspecify.annotations.NullMarked;
