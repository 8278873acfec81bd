/**
 * Serves HTTP: finds the action for a request, rejects forbidden requests, and converts failures to
 * answers. Only this package uses Jetty.
 */
@NullMarked
package io.milvus.cdc.http.web;

import org.jspecify.annotations.NullMarked;
