package org.ringward.daemon.adminsocket;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.admin.HistoryReport;
import org.ringward.core.admin.IncidentsReport;
import org.ringward.core.admin.LeasesReport;
import org.ringward.core.admin.LinksReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RehearsalReport;
import org.ringward.core.admin.RingReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.TimelineReport;
import org.ringward.core.admin.TimingReport;
import org.ringward.core.admin.TransitionReport;
import org.ringward.core.admin.WhyReport;
import org.ringward.daemon.json.RecordJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Requests and replies as JSON; docs/admin-protocol.md. */
public final class AdminJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Map<String, Verb> VERBS = verbs();

  private AdminJson() {}

  /** A request that does not follow the protocol, in one sentence. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String sentence) {
      super(sentence);
    }
  }

  /** The request; author is what the requester gave, may be empty. */
  public static AdminRequest request(byte[] json) throws Malformed {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "the request must be an object");
      String verb = null;
      String author = null;
      String document = null;
      Map<String, String> options = Map.of();
      for (String key = parser.nextName(); key != null; key = parser.nextName()) {
        parser.nextToken();
        switch (key) {
          case "verb" -> verb = text(parser, key);
          case "author" -> author = text(parser, key);
          case "document" -> document = text(parser, key);
          case "options" -> options = options(parser);
          default -> throw new Malformed("unknown key \"" + key + "\" in the request");
        }
      }
      expect(parser.currentToken(), JsonToken.END_OBJECT, "the request must end with its object");
      expect(parser.nextToken(), null, "nothing may follow the request's object");
      return new AdminRequest(verb(verb), author == null ? "" : author, options, document);
    } catch (JacksonException e) {
      String problem = e.getOriginalMessage();
      throw new Malformed("the request is not JSON: " + problem.replaceAll("\\s+", " "));
    }
  }

  private static Map<String, Verb> verbs() {
    Map<String, Verb> verbs = new LinkedHashMap<>();
    for (Verb verb : Verb.values()) {
      verbs.put(verb.name().toLowerCase(Locale.ROOT), verb);
    }
    return verbs;
  }

  private static Verb verb(@Nullable String name) throws Malformed {
    Verb verb = name == null ? null : VERBS.get(name);
    if (verb == null) {
      String found = name == null ? "the request has no verb" : "unknown verb \"" + name + "\"";
      throw new Malformed(found + "; allowed: " + String.join(", ", VERBS.keySet()));
    }
    return verb;
  }

  private static @Nullable String text(JsonParser parser, String key) throws Malformed {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getString();
      case VALUE_NULL -> null;
      default -> throw new Malformed(key + " must be a text");
    };
  }

  private static Map<String, String> options(JsonParser parser) throws Malformed {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    expect(parser.currentToken(), JsonToken.START_OBJECT, "options must be an object");
    Map<String, String> options = new LinkedHashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      expect(parser.nextToken(), JsonToken.VALUE_STRING, "option " + name + " must be a text");
      options.put(name, parser.getString());
    }
    return options;
  }

  private static void expect(@Nullable JsonToken found, @Nullable JsonToken wanted, String sentence)
      throws Malformed {
    if (found != wanted) {
      throw new Malformed(sentence);
    }
  }

  /** The reply's bytes. */
  public static byte[] reply(AdminReply reply) {
    return RecordJson.bytes(json -> {
      json.writeStartObject();
      json.writeNumberProperty("exitCode", reply.exitCode());
      json.writeStringProperty("message", reply.message());
      json.writeName("report");
      AdminReply.Report report = reply.report();
      if (report == null) {
        json.writeNull();
      } else {
        json.writeStartObject();
        json.writeStringProperty("type", type(report));
        RecordJson.components(json, (Record) report);
        json.writeEndObject();
      }
      json.writeEndObject();
    });
  }

  private static String type(AdminReply.Report report) {
    return switch (report) {
      case StatusReport _ -> "status";
      case PlanReport _ -> "plan";
      case WhyReport _ -> "why";
      case TimelineReport _ -> "timeline";
      case IncidentsReport _ -> "incidents";
      case RehearsalReport _ -> "rehearsal";
      case DocumentReport _ -> "document";
      case HistoryReport _ -> "history";
      case RingReport _ -> "ring";
      case LinksReport _ -> "links";
      case TimingReport _ -> "timing";
      case QuorumReport _ -> "quorum";
      case RegionsReport _ -> "regions";
      case FencingReport _ -> "fencing";
      case LeasesReport _ -> "leases";
      case TransitionReport _ -> "transition";
    };
  }
}
