package org.ringward.cli.command;

import picocli.CommandLine.Parameters;

/** Which ticket an order is about. */
final class TicketParameter {
  @Parameters(paramLabel = "TICKET", description = "The ticket.")
  private String name = "";

  String name() {
    return name;
  }
}
