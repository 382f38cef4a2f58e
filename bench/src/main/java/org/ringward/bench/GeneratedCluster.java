package org.ringward.bench;

/**
 * A cluster of any size whose last node has just failed: everything runs, and what ran there has to
 * move. One primitive in a hundred is cloned on all nodes; four in ten are in groups of four, each
 * group with and after a clone; the others are in chains of three, each link with and after the one
 * before. Every resource has a node that it likes. The same size gives the same text.
 *
 * @param nodes members of the cluster
 * @param primitives as configured; a clone counts as one
 */
record GeneratedCluster(int nodes, int primitives) {
  /** Digests of operations without parameters, and with nothing but a timeout of 20 s. */
  private static final String NOTHING = "f2317cad3d54cec5d7d7aa7d0bf35cf8";

  private static final String TIMEOUT = "4811cef7f7f94e3a35a70be7916cb2fd";

  private static final int GROUP = 4;
  private static final int CHAIN = 3;

  int clones() {
    return Math.max(1, primitives / 100);
  }

  int groups() {
    return primitives * 4 / 10 / GROUP;
  }

  int plain() {
    return primitives - clones() - groups() * GROUP;
  }

  /** The whole CIB, with option names that old and new schedulers know. */
  String xml() {
    StringBuilder out = new StringBuilder(primitives * 2000);
    out.append("<cib crm_feature_set=\"3.0.10\" validate-with=\"pacemaker-3.0\" epoch=\"1\"")
        .append(" num_updates=\"0\" admin_epoch=\"0\" have-quorum=\"1\" dc-uuid=\"1\">\n")
        .append("<configuration>\n<crm_config>\n<cluster_property_set id=\"options\">\n");
    pair(out, "stonith-enabled", "true");
    pair(out, "enable-startup-probes", "false");
    out.append("</cluster_property_set>\n</crm_config>\n<nodes>\n");
    for (int node = 0; node < nodes; node++) {
      out.append("<node id=\"").append(node + 1).append("\" uname=\"").append(name(node));
      out.append("\"/>\n");
    }
    out.append("</nodes>\n<resources>\n");
    resources(out);
    out.append("</resources>\n<constraints>\n");
    constraints(out);
    out.append("</constraints>\n<rsc_defaults><meta_attributes id=\"defaults\">");
    pair(out, "resource-stickiness", "1");
    out.append("</meta_attributes></rsc_defaults>\n</configuration>\n<status>\n");
    for (int node = 0; node < nodes; node++) {
      state(out, node);
    }
    return out.append("</status>\n</cib>\n").toString();
  }

  private static String name(int node) {
    return "node" + (node + 1);
  }

  private static void pair(StringBuilder out, String name, String value) {
    out.append("<nvpair id=\"option-").append(name).append("\" name=\"").append(name);
    out.append("\" value=\"").append(value).append("\"/>\n");
  }

  private void resources(StringBuilder out) {
    out.append("<primitive id=\"fencing\" class=\"stonith\" type=\"fence_bench\"/>\n");
    for (int clone = 0; clone < clones(); clone++) {
      out.append("<clone id=\"clone").append(clone).append("\"><meta_attributes id=\"clone");
      out.append(clone).append("-meta\"><nvpair id=\"clone").append(clone);
      out.append("-interleave\" name=\"interleave\" value=\"true\"/></meta_attributes>\n");
      primitive(out, "base" + clone);
      out.append("</clone>\n");
    }
    for (int group = 0; group < groups(); group++) {
      out.append("<group id=\"group").append(group).append("\">\n");
      for (int member = 0; member < GROUP; member++) {
        primitive(out, member(group, member));
      }
      out.append("</group>\n");
    }
    for (int each = 0; each < plain(); each++) {
      primitive(out, "single" + each);
    }
  }

  private static String member(int group, int member) {
    return "member" + group + "-" + member;
  }

  private static void primitive(StringBuilder out, String id) {
    out.append("<primitive id=\"").append(id);
    out.append("\" class=\"ocf\" provider=\"heartbeat\" type=\"Dummy\"><operations><op id=\"");
    out.append(id).append("-monitor\" name=\"monitor\" interval=\"10s\" timeout=\"20s\"/>");
    out.append("</operations></primitive>\n");
  }

  private void constraints(StringBuilder out) {
    for (int group = 0; group < groups(); group++) {
      String clone = "clone" + group % clones();
      like(out, "group" + group, home(group));
      with(out, "group" + group, clone);
      after(out, clone, "group" + group);
    }
    for (int each = 0; each < plain(); each++) {
      if (each % CHAIN == 0) {
        like(out, "single" + each, home(each / CHAIN));
      } else {
        with(out, "single" + each, "single" + (each - 1));
        after(out, "single" + (each - 1), "single" + each);
      }
    }
  }

  private int home(int number) {
    return number % nodes;
  }

  private static void like(StringBuilder out, String id, int node) {
    out.append("<rsc_location id=\"like-").append(id).append("\" rsc=\"").append(id);
    out.append("\" node=\"").append(name(node)).append("\" score=\"100\"/>\n");
  }

  private static void with(StringBuilder out, String id, String other) {
    out.append("<rsc_colocation id=\"with-").append(id).append("\" rsc=\"").append(id);
    out.append("\" with-rsc=\"").append(other).append("\" score=\"INFINITY\"/>\n");
  }

  private static void after(StringBuilder out, String first, String then) {
    out.append("<rsc_order id=\"after-").append(then).append("\" first=\"").append(first);
    out.append("\" then=\"").append(then).append("\" kind=\"Mandatory\"/>\n");
  }

  private void state(StringBuilder out, int node) {
    boolean failed = node == nodes - 1;
    out.append("<node_state id=\"").append(node + 1).append("\" uname=\"").append(name(node));
    out.append("\" in_ccm=\"").append(!failed);
    out.append("\" crmd=\"online\" join=\"member\" expected=\"member\"><lrm id=\"");
    out.append(node + 1).append("\"><lrm_resources>\n");
    if (node == 0) {
      history(out, "fencing", "class=\"stonith\" type=\"fence_bench\"", node, false);
    }
    String agent = "class=\"ocf\" provider=\"heartbeat\" type=\"Dummy\"";
    for (int clone = 0; clone < clones(); clone++) {
      history(out, "base" + clone, agent, node, true);
    }
    for (int group = node; group < groups(); group += nodes) {
      for (int member = 0; member < GROUP; member++) {
        history(out, member(group, member), agent, node, true);
      }
    }
    for (int chain = node; chain * CHAIN < plain(); chain += nodes) {
      for (int link = 0; link < CHAIN && chain * CHAIN + link < plain(); link++) {
        history(out, "single" + (chain * CHAIN + link), agent, node, true);
      }
    }
    out.append("</lrm_resources></lrm></node_state>\n");
  }

  private static void history(
      StringBuilder out, String id, String agent, int node, boolean monitored) {
    out.append("<lrm_resource id=\"").append(id).append("\" ").append(agent).append(">\n");
    operation(out, id, "last_0", "start", 0, 1, node);
    if (monitored) {
      operation(out, id, "monitor_10000", "monitor", 10_000, 2, node);
    }
    out.append("</lrm_resource>\n");
  }

  private static void operation(
      StringBuilder out, String id, String suffix, String task, int interval, int call, int node) {
    String key = call + ":1:0:00000000-0000-0000-0000-000000000000";
    out.append("<lrm_rsc_op id=\"").append(id).append('_').append(suffix);
    out.append("\" operation_key=\"").append(id).append('_').append(task).append('_');
    out.append(interval).append("\" operation=\"").append(task);
    out.append("\" crm_feature_set=\"3.0.10\" transition-key=\"").append(key);
    out.append("\" transition-magic=\"0:0;").append(key).append("\" on_node=\"");
    out.append(name(node)).append("\" call-id=\"").append(call);
    out.append("\" rc-code=\"0\" op-status=\"0\" interval=\"").append(interval);
    out.append("\" op-digest=\"").append(interval == 0 ? NOTHING : TIMEOUT);
    out.append("\" last-rc-change=\"1700000000\" exec-time=\"10\" queue-time=\"0\"/>\n");
  }
}
