package org.ringward.daemon.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Decision;
import org.ringward.daemon.json.RecordJson;

/**
 * The story of the cluster as this node learned it, one JSON object a line. When the file is full
 * it becomes {@code .1}, that one {@code .2}, and the oldest goes.
 */
final class DecisionFile implements AutoCloseable {
  private final Path file;
  private final long mostBytes;
  private @Nullable FileChannel channel;

  DecisionFile(Path file, long mostBytes) {
    this.file = file;
    this.mostBytes = mostBytes;
  }

  void append(Decision decision) throws IOException {
    byte[] json = RecordJson.bytes(generator -> RecordJson.value(generator, decision));
    ByteBuffer line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    FileChannel open = open();
    if (open.size() + line.remaining() > mostBytes && open.size() > 0) {
      rotate();
      open = open();
    }
    while (line.hasRemaining()) {
      open.write(line);
    }
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      channel = open;
    }
    return open;
  }

  private void rotate() throws IOException {
    close();
    Path older = file.resolveSibling(file.getFileName() + ".1");
    if (Files.exists(older)) {
      Path oldest = file.resolveSibling(file.getFileName() + ".2");
      Files.move(older, oldest, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
