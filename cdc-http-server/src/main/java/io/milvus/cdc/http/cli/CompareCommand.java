package io.milvus.cdc.http.cli;

import io.milvus.cdc.Selection;
import io.milvus.cdc.compare.Comparison;
import io.milvus.cdc.compare.Verdict;
import io.milvus.cdc.endpoint.MilvusEndpoint;
import io.milvus.cdc.error.ConfigException;
import io.milvus.cdc.http.config.ServerConfig;
import io.milvus.cdc.http.task.TargetAddress;
import io.milvus.cdc.http.task.TargetSpec;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a target with the source, row by row. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Compares a target with the source: catalogs, indexes, loads, every value.",
      "",
      "Stop all writes to the source first. It is read by its own address,",
      "'api' of 'source' in the configuration.",
      ""
    },
    exitCodeList = {"0:equal", "1:different", "2:could not be compared, or wrong usage"},
    exitCodeOnExecutionException = CompareCommand.UNTOLD)
final class CompareCommand implements Callable<Integer> {
  static final int UNTOLD = 2;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Mixin private ConfigPath config = new ConfigPath();
  @Mixin private TaskOption task = new TaskOption();

  @Option(
      names = "--target",
      required = true,
      paramLabel = "NAME",
      description = "A target of the configuration.")
  private String target = "";

  @Option(
      names = "--database",
      split = ",",
      paramLabel = "NAME",
      description = "Only these databases. Default: the task's selection, or everything.")
  private String @Nullable [] databases;

  @Option(
      names = "--load",
      description = {
        "Loads collections that are not loaded, with an index if they have none, and",
        "releases them again. The index stays. Default: these collections are not equal."
      })
  private boolean load;

  @Option(
      names = "--retry-for",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "Compares differences again, for so long. Default: ${DEFAULT-VALUE}")
  private long retryFor;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CompareCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try {
      Verdict verdict = comparison(config.read(System.getenv())).run();
      if (databases != null && verdict.equal() && verdict.collections().isEmpty()) {
        throw new ConfigException(
            "There is no collection in %s on either side.".formatted(String.join(",", databases)),
            "Check --database.");
      }
      spec.commandLine().getOut().println(verdict.table());
      return verdict.equal() ? 0 : 1;
    } catch (OrderFailure e) {
      spec.commandLine().getErr().println(e.getMessage());
      return UNTOLD;
    }
  }

  private Comparison comparison(ServerConfig known) throws InterruptedException {
    TargetAddress address = address(known);
    Comparison comparison =
        Comparison.of(source(known), address.endpoint())
            .patience(PATIENCE)
            .retryFor(Duration.ofSeconds(retryFor));
    if (address.clientWrites()) {
      comparison.clientWrites();
    }
    if (load) {
      comparison.load().release();
    }
    task.apply(comparison, target, address);
    return databases == null ? comparison : comparison.only(Selection.databases(databases));
  }

  private static MilvusEndpoint source(ServerConfig known) {
    MilvusEndpoint api = known.sourceApi();
    if (api == null) {
      throw new ConfigException(
          "The configuration has no address of the source itself, so its rows cannot be read.",
          "Set 'api' in 'source', such as api: {uri: 'http://milvus:19530'}.");
    }
    return api;
  }

  private TargetAddress address(ServerConfig known) {
    TargetSpec spec = known.targets().get(target);
    if (spec == null) {
      throw new ConfigException(
          "The configuration has no target '%s'.".formatted(target),
          "Set --target to one of %s.".formatted(new TreeSet<>(known.targets().keySet())));
    }
    if (spec instanceof TargetAddress address) {
      return address;
    }
    throw new ConfigException(
        "Target '%s' is no Milvus and has no rows to compare.".formatted(target),
        "Set --target to a Milvus.");
  }
}
