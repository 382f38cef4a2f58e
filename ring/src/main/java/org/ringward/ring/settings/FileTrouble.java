package org.ringward.ring.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** Java's exceptions of files in words: the message of many is nothing but the file's name. */
public final class FileTrouble {
  private FileTrouble() {}

  /** Why it failed, to stand behind a sentence that names the file. */
  public static String reason(IOException exception) {
    return switch (exception) {
      case NoSuchFileException _ -> "there is no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case NotDirectoryException e -> e.getFile() + " is no folder";
      case FileSystemException e ->
          Objects.requireNonNullElse(e.getReason(), String.valueOf(e.getMessage()));
      default -> String.valueOf(exception.getMessage());
    };
  }
}
