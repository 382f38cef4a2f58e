package org.ringward.ring.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class FileTroubleTest {
  @Test
  void noReasonIsJustTheNameOfTheFile() {
    assertThat(FileTrouble.reason(new AccessDeniedException("/k"))).isEqualTo("permission denied");
    assertThat(FileTrouble.reason(new NoSuchFileException("/k"))).startsWith("there is no such");
    assertThat(FileTrouble.reason(new NotDirectoryException("/k"))).isEqualTo("/k is no folder");
    assertThat(FileTrouble.reason(new FileSystemException("/k", null, "No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(FileTrouble.reason(new IOException("Is a directory"))).isEqualTo("Is a directory");
  }
}
