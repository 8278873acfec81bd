/** The command line: runs a server, checks its configuration, or gives orders to one that runs. */
@NullMarked
package io.milvus.cdc.http.cli;

import org.jspecify.annotations.NullMarked;
