package org.ringward.fuzz.target;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.wire.CfgKill;
import org.ringward.core.wire.CfgMessage;
import org.ringward.core.wire.CmapVersion;
import org.ringward.core.wire.CpgDownList;
import org.ringward.core.wire.CpgJoinList;
import org.ringward.core.wire.CpgMessage;
import org.ringward.core.wire.CpgProcessChange;
import org.ringward.core.wire.GroupPrefix;
import org.ringward.core.wire.PackedPayload;
import org.ringward.core.wire.ServiceHeader;
import org.ringward.core.wire.ServiceMessage;
import org.ringward.core.wire.SyncBarrier;
import org.ringward.core.wire.SyncServiceBuild;
import org.ringward.core.wire.VoteQuorumNodeInfo;
import org.ringward.core.wire.VoteQuorumReconfigure;
import org.ringward.fuzz.engine.Target;

/** The parsers of what is inside Totem's messages: packets, prefixes, messages of services. */
final class MessageParsers {
  private static final byte[] SOME_GROUP = {'g'};

  private MessageParsers() {}

  static List<Target> all(Seeds seeds) {
    return List.of(
        new ParserTarget(
            "packed-payload", PackedPayload.class, seeds.packets(), MessageParsers::packet),
        new ParserTarget("group-prefix", GroupPrefix.class, seeds.blocks(), MessageParsers::prefix),
        new ParserTarget(
            "service-header", ServiceHeader.class, seeds.messages(), MessageParsers::header),
        message("sync-service-build", SyncServiceBuild.class, seeds, SyncServiceBuild::read),
        message("sync-barrier", SyncBarrier.class, seeds, SyncBarrier::read),
        message("cpg-process-change", CpgProcessChange.class, seeds, CpgProcessChange::read),
        message("cpg-join-list", CpgJoinList.class, seeds, CpgJoinList::read),
        message("cpg-down-list", CpgDownList.class, seeds, CpgDownList::read),
        new ParserTarget("cpg-message", CpgMessage.class, seeds.messages(), MessageParsers::cpg),
        message("cfg-message", CfgMessage.class, seeds, CfgMessage::read),
        message("cfg-kill", CfgKill.class, seeds, CfgKill::read),
        message("cmap-version", CmapVersion.class, seeds, CmapVersion::read),
        message("votequorum-node-info", VoteQuorumNodeInfo.class, seeds, VoteQuorumNodeInfo::read),
        message(
            "votequorum-reconfigure",
            VoteQuorumReconfigure.class,
            seeds,
            VoteQuorumReconfigure::read));
  }

  /** As the reading methods are. */
  private interface Reader {
    @Nullable ServiceMessage read(byte[] bytes, int offset, int length, boolean big);
  }

  private static Target message(String name, Class<?> type, Seeds seeds, Reader reader) {
    return new ParserTarget(
        name,
        type,
        seeds.messages(),
        (bytes, offset, length, big) -> {
          ServiceMessage message = reader.read(bytes, offset, length, big);
          return message == null ? null : message::write;
        });
  }

  private static ParserTarget.@Nullable Writer packet(
      byte[] bytes, int offset, int length, boolean big) {
    PackedPayload packet = new PackedPayload();
    if (packet.read(bytes, offset, length, big)) {
      int end = packet.firstBlockOffset();
      for (int i = 0; i < packet.blocks; i++) {
        end += packet.blockLength(i);
      }
      if (end != offset + length) {
        throw new IndexOutOfBoundsException("the blocks are not the packet");
      }
    }
    return null;
  }

  private static ParserTarget.@Nullable Writer prefix(
      byte[] bytes, int offset, int length, boolean big) {
    GroupPrefix.SERVICES.begins(bytes, offset, length);
    int prefix = GroupPrefix.lengthOf(bytes, offset, length, big);
    if (prefix > length) {
      throw new IndexOutOfBoundsException("the prefix is longer than the message");
    }
    if (prefix >= 0) {
      GroupPrefix.SERVICES.isIn(bytes, offset, big);
      GroupPrefix.SYNC.isIn(bytes, offset, big);
    }
    return null;
  }

  private static ParserTarget.@Nullable Writer header(
      byte[] bytes, int offset, int length, boolean big) {
    ServiceHeader.id(bytes, offset, length, big);
    return null;
  }

  private static ParserTarget.@Nullable Writer cpg(
      byte[] bytes, int offset, int length, boolean big) {
    CpgMessage message = new CpgMessage();
    if (message.read(bytes, offset, length, big)) {
      message.groupHash();
      message.isOfGroup(SOME_GROUP);
      message.group();
      if (message.dataLength < 0 || message.dataOffset + message.dataLength != offset + length) {
        throw new IndexOutOfBoundsException("the data are outside of the message");
      }
    }
    return null;
  }
}
