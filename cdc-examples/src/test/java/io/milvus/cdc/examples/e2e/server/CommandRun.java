package io.milvus.cdc.examples.e2e.server;

import io.milvus.cdc.examples.e2e.bench.ServerProcess;
import java.nio.charset.StandardCharsets;

/** How an order that was given to the server's program on the command line ended. */
record CommandRun(int status, String output) {
  static CommandRun of(String... arguments) throws Exception {
    Process process = ServerProcess.command(arguments).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new CommandRun(process.waitFor(), output);
  }
}
