package org.ringward.core.policy.facts;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.Situation;

/** Reads which ids stand behind each tag. */
final class TagFacts {
  private TagFacts() {}

  static void read(Situation situation) {
    for (Element tag : Xml.inSection(situation.configuration, "tags")) {
      List<String> ids = new ArrayList<>();
      for (Element reference : tag.children()) {
        if (reference.name().equals("obj_ref")) {
          ids.add(Xml.id(reference));
        }
      }
      situation.tags.put(Xml.id(tag), ids);
    }
  }
}
