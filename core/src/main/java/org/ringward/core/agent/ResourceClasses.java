package org.ringward.core.agent;

import java.util.List;

/** The kinds of resource agents. A new kind is a new line here. */
public final class ResourceClasses {
  private final List<ResourceClass> kinds;

  public ResourceClasses(AgentEnvironment environment) {
    this.kinds =
        List.of(
            new OcfClass(environment),
            new FencingDeviceClass(environment),
            new UnbuiltClass("lsb"),
            new UnbuiltClass("systemd"),
            new UnbuiltClass("service"));
  }

  /** The kind of that name; for an unknown name one whose operations fail with a clear reason. */
  public ResourceClass kind(String name) {
    return kinds.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseGet(() -> new UnbuiltClass(name));
  }
}
