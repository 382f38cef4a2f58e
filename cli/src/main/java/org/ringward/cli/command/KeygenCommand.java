package org.ringward.cli.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import org.ringward.cli.setup.SharedKey;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.settings.FileTrouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "keygen",
    header = "Make the shared key of a new cluster.",
    description = {
      "Writes 256 random bytes to a new file that only you can read, as corosync-keygen does. Every"
          + " node of a cluster needs the same file; whoever has it can be a node, so copy it over a"
          + " safe way.",
      "An existing file is never overwritten."
    },
    exitCodeList = {"73:the file cannot be made", "108:the file exists"},
    footer = {
      "Examples:",
      "  ringward keygen /etc/ringward/key",
      "  scp -p /etc/ringward/key root@b:/etc/ringward/key"
    })
final class KeygenCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(paramLabel = "FILE", description = "The file to make.")
  private Path file = Path.of("");

  @Mixin private OutputOption output = new OutputOption();

  KeygenCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    byte[] key = SharedKey.random();
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(key);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException _) {
      throw new OperatorException(
          ExitCode.EXISTS,
          "%s exists and is left as it is: a running cluster may need it.".formatted(file));
    } catch (NoSuchFileException _) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE, "%s cannot be made: its folder does not exist.".formatted(file));
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE,
          "%s cannot be made (%s).".formatted(file, FileTrouble.reason(exception)));
    }
    output.say(environment, "Wrote " + file + ": copy it to every node of the cluster.");
    return 0;
  }
}
