package org.ringward.core.port;

/**
 * Blocks of shared disks, each disk with the place of its region in the settings. Requests of a
 * disk are done in their order, past the caches of this machine; the end is reported to the node as
 * an input with the same id, and of a disk that hangs never.
 */
public interface Sectors {
  /** For a node without disks. */
  Sectors NONE =
      new Sectors() {
        @Override
        public boolean read(int disk, long request, long position, int length) {
          return false;
        }

        @Override
        public boolean write(
            int disk, long request, long position, byte[] bytes, int offset, int length) {
          return false;
        }
      };

  /**
   * Reads from a position; both are multiples of the disk's sector (4096 suits all).
   *
   * @return false when too many requests wait already
   */
  boolean read(int disk, long request, long position, int length);

  /**
   * Writes at a position; position and length are multiples of the disk's sector. The bytes are
   * copied before returning.
   *
   * @return false when too many requests wait already
   */
  boolean write(int disk, long request, long position, byte[] bytes, int offset, int length);
}
