package org.ringward.core.cib;

/** A configured resource. Kinds that are not built yet are kept whole as {@link OtherResource}. */
public sealed interface Resource permits Primitive, Group, OtherResource {
  String id();
}
