/**
 * Speaks HTTP: finds the action for a request, keeps out who may not come, and turns what goes
 * wrong into answers. The only room that names Jetty.
 */
@NullMarked
package io.milvus.cdc.http.web;

import org.jspecify.annotations.NullMarked;
