/**
 * Provides the command line: it runs a server, checks its configuration, or sends commands to a
 * running server.
 */
@NullMarked
package io.milvus.cdc.http.cli;

import org.jspecify.annotations.NullMarked;
