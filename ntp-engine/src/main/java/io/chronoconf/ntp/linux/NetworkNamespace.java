package io.chronoconf.ntp.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Network namespaces: further network stacks of the same host, each with interfaces, addresses and
/// ports of its own. Any thread.
public final class NetworkNamespace {
  private static final Path FOLDER = Path.of("/var/run/netns");
  private static final int LONGEST_NAME = 255;

  private NetworkNamespace() {}

  /// The file by which `ip netns` keeps a namespace; empty if there is none of that name, or if the
  /// name cannot be one of a file.
  public static Optional<Path> find(String name) {
    return find(FOLDER, name);
  }

  static Optional<Path> find(Path folder, String name) {
    // The name comes from a configuration: it must not lead out of the folder.
    boolean isFileName =
        !name.isEmpty()
            && name.length() <= LONGEST_NAME
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(letter -> letter == '/' || letter == 0);
    return isFileName ? Optional.of(folder.resolve(name)).filter(Files::exists) : Optional.empty();
  }

  /// Runs something inside a namespace, on a thread made for it: a thread that was there is of no
  /// use elsewhere. Sockets opened there stay there, and any thread may use them. Waits until it is
  /// done, interrupted or not. What reads files under `/proc/self`, as Java's own NetworkInterface
  /// does, still sees the namespace of the process there.
  ///
  /// @param namespaceFile as [#find] gives it
  /// @param work must be short. Its IOExceptions and unchecked exceptions come through as they are
  /// @throws IOException of the work, or if the namespace cannot be entered, with a message for
  ///   humans
  public static <T> T call(Path namespaceFile, Callable<T> work) throws IOException {
    LinuxPlatform.require();
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("in-" + namespaceFile.getFileName())
        .daemon()
        .start(() -> run(namespaceFile, work, result));
    try {
      return result.join();
    } catch (CompletionException failure) {
      throw unwrapped(failure);
    }
  }

  private static <T> void run(Path namespaceFile, Callable<T> work, CompletableFuture<T> result) {
    try {
      enter(namespaceFile);
      result.complete(work.call());
    } catch (Throwable thrown) {
      result.completeExceptionally(thrown);
    }
  }

  private static void enter(Path namespaceFile) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Libc.STATE);
      int descriptor = NamespaceCalls.open(state, arena.allocateFrom(namespaceFile.toString()));
      try {
        NamespaceCalls.enterNetwork(state, descriptor);
      } finally {
        Libc.close(descriptor);
      }
    } catch (LinuxException refused) {
      throw new IOException(describe(namespaceFile, refused), refused);
    }
  }

  private static String describe(Path namespaceFile, LinuxException refused) {
    if (refused.is(Errno.ENOENT)) {
      return "there is no network namespace "
          + namespaceFile.getFileName()
          + " (no file "
          + namespaceFile
          + "): create it with `ip netns add "
          + namespaceFile.getFileName()
          + "`";
    }
    if (refused.is(Errno.EPERM) || refused.is(Errno.EACCES)) {
      return "the network namespace "
          + namespaceFile.getFileName()
          + " cannot be entered: this needs CAP_SYS_ADMIN; run the agent as root or grant it";
    }
    if (refused.is(Errno.EINVAL)) {
      return namespaceFile
          + " is no network namespace: remove the file and create one with `ip netns add "
          + namespaceFile.getFileName()
          + "`";
    }
    return "the network namespace "
        + namespaceFile.getFileName()
        + " cannot be entered: "
        + refused.getMessage();
  }

  private static IOException unwrapped(CompletionException failure) {
    return switch (failure.getCause()) {
      case IOException known -> known;
      case RuntimeException defect -> throw defect;
      case Error error -> throw error;
      case null -> new IOException(failure);
      case Throwable other -> new IOException(other.getMessage(), other);
    };
  }
}
