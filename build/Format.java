import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Runs google-java-format over every Java file of the modules: `check` names the files that differ
/// and fails, `write` mends them. A source program, so that it runs on the JDK of the toolchain and
/// not in Maven's own JVM, whose parser may be too old for the code.
public final class Format {
  private Format() {}

  public static void main(String[] args) throws Exception {
    List<String> options = new ArrayList<>();
    if (args[0].equals("write")) {
      options.add("--replace");
    } else {
      options.addAll(List.of("--dry-run", "--set-exit-if-changed"));
    }
    Path root = Path.of(args[1]);
    try (Stream<Path> modules = Files.walk(root, 2)) {
      for (Path module : modules.sorted().toList()) {
        addSources(module.resolve("src"), options);
      }
    }
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int status = new Main(out, err, System.in).format(options.toArray(String[]::new));
    if (status != 0) {
      System.err.println("Not formatted as above: run `mvn -N verify -Dformat.goal=write`.");
    }
    System.exit(status);
  }

  private static void addSources(Path folder, List<String> files) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.map(Path::toString).filter(name -> name.endsWith(".java")).sorted().forEach(files::add);
    }
  }
}
