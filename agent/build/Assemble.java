import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Puts launcher and agent beside the libraries, then lets the agent run once to make the AOT
/// cache.
final class Assemble {

  private Assemble() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path module = Path.of(arguments[0]).toAbsolutePath();
    Path source = module.resolve("src/main/launcher");
    Path packaged = module.resolve("target/chronoconf");
    Path lib = packaged.resolve("lib");
    Path bin = Files.createDirectories(packaged.resolve("bin"));
    copy(source.resolve("chronoconf"), bin.resolve("chronoconf"));
    Files.setPosixFilePermissions(
        bin.resolve("chronoconf"), PosixFilePermissions.fromString("rwxr-xr-x"));
    copy(source.resolve("jvm.options"), lib.resolve("jvm.options"));
    copy(module.resolve("target/chronoconf-agent.jar"), lib.resolve("chronoconf-agent.jar"));
    makeCache(lib);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /// The JVM watches one rehearsal of the agent and stores what it loaded and linked.
  private static void makeCache(Path lib) throws IOException, InterruptedException {
    Path cache = lib.resolve("chronoconf.aot");
    Files.deleteIfExists(cache);
    Path output = lib.resolveSibling("../rehearsal.log").normalize();
    Process rehearsal =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + lib.resolve("jvm.options"),
                "-XX:AOTCacheOutput=" + cache,
                "-cp",
                lib.resolve("chronoconf-agent.jar").toString(),
                "io.chronoconf.agent.Rehearsal")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (rehearsal.waitFor() != 0 || !Files.exists(cache)) {
      System.err.println(Files.readString(output));
      System.err.println("The rehearsal of the packaged agent failed; what it said is above.");
      System.exit(1);
    }
  }
}
