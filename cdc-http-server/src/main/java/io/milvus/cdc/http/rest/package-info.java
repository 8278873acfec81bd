/** Serves our own API, with tasks as resources. {@code openapi.yaml} describes it. */
@NullMarked
package io.milvus.cdc.http.rest;

import org.jspecify.annotations.NullMarked;
