package org.ringward.core.config;

import java.util.ArrayList;
import java.util.List;

/** Finds this machine in Corosync's node list (reference/corosync-conf.md, section 3). */
final class LocalNode {
  private LocalNode() {}

  /**
   * A node as the list has it.
   *
   * @param name empty for none
   * @param ring0 its first address as it is written
   */
  record Listed(String name, String ring0) {
    boolean is(String word) {
      return !word.isEmpty() && (name.equals(word) || ring0.equals(word));
    }
  }

  /** The position of this machine in the list, -1 when it is not there. */
  static int find(List<Listed> list, MachineNames machine) {
    for (String name : withShorterForms(machine.hostName())) {
      int at = indexOf(list, name);
      if (at >= 0) {
        return at;
      }
    }
    int at = indexOfShortened(list, machine.hostName());
    if (at >= 0) {
      return at;
    }
    List<String> own = machine.interfaceNames().stream().map(LocalNode::canonical).toList();
    for (String name : own) {
      at = indexOf(list, name);
      if (at >= 0) {
        return at;
      }
    }
    return indexOfResolved(list, machine, own);
  }

  private static List<String> withShorterForms(String hostName) {
    List<String> forms = new ArrayList<>();
    for (String form = hostName; !form.isEmpty(); ) {
      forms.add(form);
      int dot = form.lastIndexOf('.');
      form = dot < 0 ? "" : form.substring(0, dot);
    }
    return forms;
  }

  private static int indexOf(List<Listed> list, String word) {
    for (int at = 0; at < list.size(); at++) {
      if (list.get(at).is(word) || canonical(list.get(at).ring0()).equals(word)) {
        return at;
      }
    }
    return -1;
  }

  private static int indexOfShortened(List<Listed> list, String hostName) {
    String wanted = shortened(hostName);
    for (int at = 0; at < list.size(); at++) {
      Listed node = list.get(at);
      boolean numeric = IpAddress.parse(node.ring0()) != null;
      if (!wanted.isEmpty()
          && (shortened(node.name()).equals(wanted)
              || (!numeric && shortened(node.ring0()).equals(wanted)))) {
        return at;
      }
    }
    return -1;
  }

  private static String canonical(String text) {
    IpAddress address = IpAddress.parse(text);
    return address == null ? text : address.toString();
  }

  private static String shortened(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static int indexOfResolved(List<Listed> list, MachineNames machine, List<String> own) {
    for (int at = 0; at < list.size(); at++) {
      Listed node = list.get(at);
      for (String name : List.of(node.name(), node.ring0())) {
        // Numeric ones were compared already.
        boolean unknown = !name.isEmpty() && IpAddress.parse(name) == null;
        List<String> addresses = unknown ? machine.addresses(name) : List.of();
        if (addresses.stream().map(LocalNode::canonical).anyMatch(own::contains)) {
          return at;
        }
      }
    }
    return -1;
  }
}
