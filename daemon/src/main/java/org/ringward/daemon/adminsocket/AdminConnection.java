package org.ringward.daemon.adminsocket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.base.ExitCode;
import org.ringward.daemon.adminsocket.AdminFrames.BadLength;
import org.ringward.daemon.adminsocket.AdminJson.Malformed;

/** One command's connection: a request, its reply, the next request. */
final class AdminConnection {
  /** No request is waiting for its reply. */
  private static final long NONE = 0;

  private final AdminSocket socket;
  private final SocketChannel channel;
  private long waitingFor = NONE;

  AdminConnection(AdminSocket socket, SocketChannel channel) {
    this.socket = socket;
    this.channel = channel;
  }

  /** Reads requests until the peer hangs up or breaks the protocol. */
  void serve(String user) throws IOException, InterruptedException {
    try {
      while (AdminFrames.read(channel, bytes -> take(bytes, user))) {
        // The request is on its way; reading on notices when the peer hangs up.
      }
    } catch (BadLength e) {
      refuse(ExitCode.PROTOCOL, String.valueOf(e.getMessage()));
    }
  }

  private synchronized void take(byte[] json, String user) throws IOException {
    if (waitingFor != NONE) {
      refuse(ExitCode.PROTOCOL, "a second request came before the reply to the first");
      throw new IOException("the peer does not follow the protocol");
    }
    try {
      AdminRequest request = AdminJson.request(json);
      waitingFor = socket.ask(this, byUser(request, user));
    } catch (Malformed e) {
      refuse(ExitCode.PROTOCOL, String.valueOf(e.getMessage()));
    }
  }

  /** The name that the kernel vouches for comes first, whatever the request says. */
  private static AdminRequest byUser(AdminRequest request, String user) {
    String given = request.author();
    boolean same = given.isEmpty() || given.equals(user);
    String author = same ? user : user + " (on behalf of " + given + ")";
    Map<String, String> options = request.options();
    return new AdminRequest(request.verb(), author, options, request.document());
  }

  /** Writes the reply; waits as long as the peer takes to read it. */
  synchronized void reply(AdminReply reply) {
    waitingFor = NONE;
    try {
      byte[] json = AdminJson.reply(reply);
      if (json.length > AdminFrames.REPLY_MOST_BYTES) {
        String sentence = "the answer is too large: " + json.length + " bytes";
        json = AdminJson.reply(AdminReply.failed(ExitCode.ERROR.number(), sentence));
      }
      AdminFrames.write(channel, json);
    } catch (IOException e) {
      // The peer has gone; its own thread notices too.
    }
  }

  synchronized void refuse(ExitCode exitCode, String sentence) throws IOException {
    AdminFrames.write(channel, AdminJson.reply(AdminReply.failed(exitCode.number(), sentence)));
  }

  /** The connection has ended. */
  void gone() {
    long id;
    synchronized (this) {
      id = waitingFor;
      waitingFor = NONE;
    }
    if (id != NONE) {
      socket.withdraw(id);
    }
  }

  void hangUp() {
    try {
      channel.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }
}
