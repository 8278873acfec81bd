package io.milvus.cdc.http.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Prints a script with which a shell completes our commands. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that lets bash or zsh complete commands and options:",
      "",
      "  alias milvus-cdc='java -jar milvus-cdc-server.jar'",
      "  source <(milvus-cdc completion)",
      ""
    })
final class CompletionCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  CompletionCommand() {}

  @Override
  public void run() {
    CommandLine all = spec.root().commandLine();
    spec.commandLine().getOut().print(AutoComplete.bash(all.getCommandName(), all));
    spec.commandLine().getOut().flush();
  }
}
