package io.milvus.cdc.http.cli;

import io.milvus.cdc.error.CdcException;
import io.milvus.cdc.http.config.Exposure;
import io.milvus.cdc.http.config.ServerConfig;
import java.io.PrintWriter;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells whether a server with this configuration could do its work. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Tells whether the source can be read, and each target of the configuration written.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CheckCommand() {}

  @Override
  public Integer call() {
    ServerConfig config = options.read();
    PrintWriter out = spec.commandLine().getOut();
    config.ignored().forEach(name -> out.println("ignored  " + name));
    boolean fine = fine("listen", out, () -> Exposure.check(config));
    fine &= fine("source", out, config.source()::check);
    for (var target : new TreeMap<>(config.targets()).entrySet()) {
      fine &= fine("target " + target.getKey(), out, () -> target.getValue().target().check());
    }
    return fine ? 0 : 1;
  }

  private static boolean fine(String what, PrintWriter out, Runnable check) {
    try {
      check.run();
      out.println("fine     " + what);
      return true;
    } catch (CdcException e) {
      out.println("trouble  %s: %s".formatted(what, e.getMessage()));
      return false;
    }
  }
}
