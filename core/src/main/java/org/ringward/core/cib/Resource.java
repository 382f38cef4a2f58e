package org.ringward.core.cib;

import java.util.List;

/** A configured resource. What is no kind of resource is kept whole as {@link OtherResource}. */
public sealed interface Resource permits Primitive, Group, Clone, Bundle, Template, OtherResource {
  String id();

  Attributes attributes();

  /** What the resource itself is given, not what is inside it. */
  List<AttributeSet> sets();

  /** What stands directly in it: members of a group, what a clone or bundle is made of. */
  List<Resource> inner();

  /** Every primitive in it as it is written, itself when it is one; a template is none. */
  List<Primitive> primitives();

  /** With the other one in place of what has its id, in it at any depth, or itself. */
  Resource with(Resource other);
}
