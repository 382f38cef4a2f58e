package org.ringward.interop.cpg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Corosync's library libcpg (manual pages cpg_overview, cpg_model_initialize, cpg_mcast_joined,
 * cpg_dispatch), one connection with one group. One thread dispatches, another may send.
 */
@SuppressWarnings("restricted") // The jar's manifest allows native access.
public final class Cpg implements AutoCloseable {
  /** cs_error_t: all went well. */
  public static final int OK = 1;

  /** cs_error_t: later. */
  public static final int TRY_AGAIN = 6;

  private static final int MODEL_V1 = 1;
  private static final int DELIVER_INITIAL_TOTEM_CONF = 1;
  private static final int GUARANTEE_AGREED = 2;
  private static final int DISPATCH_BLOCKING = 3;
  private static final int NAME_MAX = 128;
  private static final int ADDRESS_BYTES = 12;

  private static final StructLayout RING_ID =
      MemoryLayout.structLayout(JAVA_INT, MemoryLayout.paddingLayout(4), JAVA_LONG);
  private static final StructLayout MODEL =
      MemoryLayout.structLayout(
          JAVA_INT,
          MemoryLayout.paddingLayout(4),
          ADDRESS,
          ADDRESS,
          ADDRESS,
          JAVA_INT,
          MemoryLayout.paddingLayout(4));

  private static final Linker LINKER = Linker.nativeLinker();

  private final Arena arena = Arena.ofShared();
  private final SymbolLookup library = SymbolLookup.libraryLookup("libcpg.so.4", arena);
  private final MethodHandle initialize =
      function("cpg_model_initialize", ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
  private final MethodHandle join = function("cpg_join", JAVA_LONG, ADDRESS);
  private final MethodHandle leave = function("cpg_leave", JAVA_LONG, ADDRESS);
  private final MethodHandle multicast =
      function("cpg_mcast_joined", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
  private final MethodHandle dispatch = function("cpg_dispatch", JAVA_LONG, JAVA_INT);
  private final MethodHandle localGet = function("cpg_local_get", JAVA_LONG, ADDRESS);
  private final MethodHandle finish = function("cpg_finalize", JAVA_LONG);
  private final CpgListener listener;
  private final MemorySegment group;
  private final MemorySegment buffer;
  private final MemorySegment vector;
  private final MemorySegment model;
  private long handle;

  /**
   * A connection that is not open yet.
   *
   * @param groupName ASCII
   * @param longest bytes of the longest message that will be sent
   */
  public Cpg(String groupName, int longest, CpgListener listener) {
    this.listener = listener;
    byte[] name = groupName.getBytes(StandardCharsets.US_ASCII);
    group = arena.allocate(JAVA_INT.byteSize() + NAME_MAX, JAVA_INT.byteAlignment());
    group.set(JAVA_INT, 0, name.length);
    MemorySegment.copy(name, 0, group, ValueLayout.JAVA_BYTE, JAVA_INT.byteSize(), name.length);
    buffer = arena.allocate(longest);
    vector = arena.allocate(ADDRESS.byteSize() + JAVA_LONG.byteSize(), ADDRESS.byteAlignment());
    vector.set(ADDRESS, 0, buffer);
    model = arena.allocate(MODEL);
    fillModel();
  }

  private void fillModel() {
    model.set(JAVA_INT, 0, MODEL_V1);
    model.set(
        ADDRESS,
        8,
        callback("onDeliver", JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
    model.set(
        ADDRESS,
        16,
        callback(
            "onGroupChange",
            JAVA_LONG,
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            JAVA_LONG,
            ADDRESS,
            JAVA_LONG));
    model.set(ADDRESS, 24, callback("onRingChange", JAVA_LONG, RING_ID, JAVA_INT, ADDRESS));
    model.set(JAVA_INT, 32, DELIVER_INITIAL_TOTEM_CONF);
  }

  private MethodHandle function(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        library.find(name).orElseThrow(), FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private MemorySegment callback(String name, MemoryLayout... arguments) {
    FunctionDescriptor descriptor = FunctionDescriptor.ofVoid(arguments);
    MethodType type = descriptor.toMethodType();
    try {
      MethodHandle method = MethodHandles.lookup().findVirtual(Cpg.class, name, type).bindTo(this);
      return LINKER.upcallStub(method, descriptor, arena);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  /** Connects to the daemon; OK or another cs_error_t. */
  public int open() {
    MemorySegment result = arena.allocate(JAVA_LONG);
    int error =
        call(() -> (int) initialize.invokeExact(result, MODEL_V1, model, MemorySegment.NULL));
    handle = result.get(JAVA_LONG, 0);
    return error;
  }

  /** The id of this node; 0 when the daemon does not say. */
  public int localNode() {
    MemorySegment result = arena.allocate(JAVA_INT);
    int error = call(() -> (int) localGet.invokeExact(handle, result));
    return error == OK ? result.get(JAVA_INT, 0) : 0;
  }

  public int join() {
    return call(() -> (int) join.invokeExact(handle, group));
  }

  public int leave() {
    return call(() -> (int) leave.invokeExact(handle, group));
  }

  /** Sends in agreed order; TRY_AGAIN when the queues are full. */
  public int multicast(byte[] message) {
    MemorySegment.copy(message, 0, buffer, ValueLayout.JAVA_BYTE, 0, message.length);
    vector.set(JAVA_LONG, ADDRESS.byteSize(), message.length);
    return call(() -> (int) multicast.invokeExact(handle, GUARANTEE_AGREED, vector, 1));
  }

  /** Calls the listener until the connection ends; tells the cs_error_t of the end. */
  public int dispatch() {
    return call(() -> (int) dispatch.invokeExact(handle, DISPATCH_BLOCKING));
  }

  /** Ends the connection. */
  @Override
  public void close() {
    call(() -> (int) finish.invokeExact(handle));
  }

  private interface Call {
    int invoke() throws Throwable;
  }

  private static int call(Call call) {
    try {
      return call.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("a call of libcpg failed", e);
    }
  }

  @SuppressWarnings("unused") // libcpg calls it
  private void onDeliver(
      long connection, MemorySegment name, int node, int pid, MemorySegment bytes, long length) {
    guarded(() -> listener.delivered(node, pid, bytes.reinterpret(length).asByteBuffer()));
  }

  @SuppressWarnings("unused") // libcpg calls it
  private void onGroupChange(
      long connection,
      MemorySegment name,
      MemorySegment members,
      long memberCount,
      MemorySegment left,
      long leftCount,
      MemorySegment joined,
      long joinedCount) {
    guarded(() ->
        listener.groupChanged(
            addresses(members, memberCount),
            addresses(left, leftCount),
            addresses(joined, joinedCount)));
  }

  @SuppressWarnings("unused") // libcpg calls it
  private void onRingChange(long connection, MemorySegment ringId, int count, MemorySegment nodes) {
    List<Integer> members = new ArrayList<>();
    MemorySegment list = nodes.reinterpret((long) count * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      members.add(list.getAtIndex(JAVA_INT, i));
    }
    guarded(() -> listener.ringChanged(ringId.get(JAVA_INT, 0), ringId.get(JAVA_LONG, 8), members));
  }

  private static List<CpgListener.Address> addresses(MemorySegment list, long count) {
    List<CpgListener.Address> found = new ArrayList<>();
    MemorySegment all = list.reinterpret(count * ADDRESS_BYTES);
    for (long at = 0; at < count * ADDRESS_BYTES; at += ADDRESS_BYTES) {
      found.add(
          new CpgListener.Address(
              all.get(JAVA_INT, at), all.get(JAVA_INT, at + 4), all.get(JAVA_INT, at + 8)));
    }
    return found;
  }

  /** What is thrown through native code would end the VM without a word. */
  private static void guarded(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(70);
    }
  }
}
