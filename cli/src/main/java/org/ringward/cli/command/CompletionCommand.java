package org.ringward.cli.command;

import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    header = "Write a completion script for your shell.",
    description = "Writes a script that lets the shell complete commands and options.",
    footer = {
      "Examples:",
      "  source <(ringward completion bash)",
      "  ringward completion bash > /etc/bash_completion.d/ringward",
      "  source <(ringward completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells. The script is one; zsh reads it through its bash emulation. */
  enum Shell {
    bash,
    zsh
  }

  private final Environment environment;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.bash;

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (shell == Shell.zsh) {
      environment.output().println("autoload -U +X compinit && compinit");
    }
    environment.output().print(AutoComplete.bash("ringward", spec.root().commandLine()));
    return 0;
  }
}
