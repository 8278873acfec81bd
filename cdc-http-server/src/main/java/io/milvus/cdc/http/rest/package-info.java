/** Our own face: tasks as resources, as {@code openapi.yaml} describes it. */
@NullMarked
package io.milvus.cdc.http.rest;

import org.jspecify.annotations.NullMarked;
