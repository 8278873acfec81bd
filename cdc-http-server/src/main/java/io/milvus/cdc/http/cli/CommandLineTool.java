package io.milvus.cdc.http.cli;

import io.milvus.cdc.error.CdcException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Collects all commands. Exit codes: 0 for success, 1 for a rejection or failure, 2 for a wrong
 * command line or configuration. {@code compare} has exit codes of its own.
 */
@Command(
    name = "milvus-cdc",
    mixinStandardHelpOptions = true,
    version = "milvus-cdc",
    description = {
      "Keeps target Milvus clusters equal to a source.",
      "",
      "Run a server:       milvus-cdc server --config cdc.yaml",
      "Try it first:       milvus-cdc check --config cdc.yaml",
      "Create a task:      milvus-cdc task create all-to-dr --target dr",
      "See its state:      milvus-cdc task list",
      "Compare the rows:   milvus-cdc compare --config cdc.yaml --target dr --task all-to-dr",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:refused or failed",
      "2:the command line or the configuration is wrong"
    },
    scope = CommandLine.ScopeType.INHERIT,
    subcommands = {
      ServerCommand.class,
      CheckCommand.class,
      TaskCommand.class,
      CompareCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    })
public final class CommandLineTool implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** Called by the command line. */
  @SuppressWarnings("NullAway.Init")
  CommandLineTool() {}

  /** Runs a command. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new CommandLineTool()).setOut(out).setErr(err);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof CdcException || failure instanceof OrderFailure) {
            command.getErr().println(failure.getMessage());
            return failure instanceof OrderFailure ? 1 : 2;
          }
          throw failure;
        });
    return line.execute(arguments);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
