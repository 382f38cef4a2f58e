package org.ringward.core.region;

import java.util.ArrayList;
import java.util.List;

/** Writes down what ping nodes show. */
final class PingDiary implements PingNodes.Listener {
  final List<String> lines = new ArrayList<>();

  @Override
  public void reached(String ping, String host) {
    lines.add(ping + " " + host + " answers");
  }

  @Override
  public void unreached(String ping, String host, long silentMillis) {
    lines.add(ping + " " + host + " silent " + silentMillis);
  }

  @Override
  public void settled(int reaches, int all) {
    lines.add(reaches + " of " + all);
  }
}
