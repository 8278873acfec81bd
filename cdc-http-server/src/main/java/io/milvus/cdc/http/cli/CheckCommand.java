package io.milvus.cdc.http.cli;

import io.milvus.cdc.http.CdcServer;
import io.milvus.cdc.http.config.Exposure;
import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.preflight.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reports whether a server with this configuration could work. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks that the source can be read and that each target can be written.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CheckCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    ServerConfig config = options.read();
    PrintWriter out = spec.commandLine().getOut();
    config.ignored().forEach(name -> out.println("ignored  " + name));
    Exposure.check(config);
    List<Finding> findings = CdcServer.check(config);
    findings.forEach(out::println);
    boolean blocked = findings.stream().anyMatch(Finding::isBlocking);
    out.println(
        blocked
            ? "A server would start, but its tasks would not replicate."
            : "The source can be read, and %d targets can be written."
                .formatted(config.targets().size()));
    return blocked ? 1 : 0;
  }
}
