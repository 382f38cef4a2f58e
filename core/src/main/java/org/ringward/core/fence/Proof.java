package org.ringward.core.fence;

/**
 * That a node can no longer touch what the scope names.
 *
 * @param rung how that is known
 * @param target the node
 * @param scope what it covers: {@link #WHOLE_NODE}, or the device that cut the access to what its
 *     configuration says that it covers
 * @param author the node or person that vouches for it
 * @param wallMillis since when, milliseconds since 1970 by the author's clock
 * @param sentence for people
 */
public record Proof(
    Rung rung, String target, String scope, String author, long wallMillis, String sentence) {

  /** All resources of the target. */
  public static final String WHOLE_NODE = "node";

  /** The target stopped its resources, said so in the total order and left. */
  public static Proof cleanLeave(String target, long wallMillis) {
    return new Proof(
        Rung.CLEAN_LEAVE,
        target,
        WHOLE_NODE,
        target,
        wallMillis,
        "%s stopped its resources and left the cluster by itself".formatted(target));
  }

  /** A person vouches that the target is down. */
  public static Proof person(String target, String person, String reason, long wallMillis) {
    String because = reason.isBlank() ? "" : ": " + reason.strip();
    return new Proof(
        Rung.PERSON,
        target,
        WHOLE_NODE,
        person,
        wallMillis,
        "%s confirmed that %s is down%s".formatted(person, target, because));
  }

  /** The target said over a heartbeat region that it runs nothing, and starts nothing. */
  public static Proof surrender(String target, String author, long wallMillis) {
    return new Proof(
        Rung.SURRENDER,
        target,
        WHOLE_NODE,
        target,
        wallMillis,
        "%s let go of all its resources because %s asked it to, over a heartbeat region"
            .formatted(target, author));
  }

  /** The target's watchdog has run out, whatever the target does. */
  public static Proof watchdog(String target, String author, String why, long wallMillis) {
    return new Proof(
        Rung.LEASE_EXPIRED, target, WHOLE_NODE, author, wallMillis, target + " is off: " + why);
  }

  /** The device reports, and its status confirms, that the target cannot reach what it covers. */
  public static Proof access(String target, String author, String device, long wallMillis) {
    return new Proof(
        Rung.ACCESS_REVOKED,
        target,
        device,
        author,
        wallMillis,
        "%s had the access of %s to what %s covers cut".formatted(author, target, device));
  }

  /** The devices report that the target's power was cut and verified to be off. */
  public static Proof power(String target, String author, String devices, long wallMillis) {
    return new Proof(
        Rung.POWER,
        target,
        WHOLE_NODE,
        author,
        wallMillis,
        "%s had the power of %s cut by %s".formatted(author, target, devices));
  }
}
