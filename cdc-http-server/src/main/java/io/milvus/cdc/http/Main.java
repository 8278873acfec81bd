package io.milvus.cdc.http;

import io.milvus.cdc.http.cli.CommandLineTool;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Starts the program. */
public final class Main {
  private static final String LOGGING = "logback.configurationFile";

  private Main() {}

  /** Runs a command. If only options are passed, runs a server. */
  public static void main(String[] arguments) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "io/milvus/cdc/http/logback-server.xml");
    }
    boolean onlyOptions =
        arguments.length > 0
            && arguments[0].startsWith("--")
            && !arguments[0].equals("--help")
            && !arguments[0].equals("--version");
    int status =
        CommandLineTool.run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            onlyOptions ? withServer(arguments) : arguments);
    System.exit(status);
  }

  private static String[] withServer(String[] options) {
    String[] all = new String[options.length + 1];
    all[0] = "server";
    System.arraycopy(options, 0, all, 1, options.length);
    return all;
  }
}
