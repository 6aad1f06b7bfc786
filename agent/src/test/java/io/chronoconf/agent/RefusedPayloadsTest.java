package io.chronoconf.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.agent.cli.CommandLine;
import io.chronoconf.agent.ssh.NetconfSshClient;
import io.chronoconf.agent.tls.TestCertificates;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a whole agent answers to edits that it must not take: for each payload of a list, what the
/// file of answers beside it has for it, word for word. Nothing of them is left in running.
class RefusedPayloadsTest {
  private static final Path MODELS = Path.of("../yang/src/test/resources/payloads");
  private static final Path SERVER = Path.of("src/test/resources/io/chronoconf/agent/refusals");
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src/main/java/io/chronoconf/agent/model"),
          Path.of("../yang/src/main/resources/META-INF/yang"));

  /// In the code: the first argument of a refusal, or a tag that is set; in a module: its
  /// statement.
  private static final Pattern APP_TAG =
      Pattern.compile("(?:refusal\\(|withAppTag\\(|error-app-tag)\\s*\"([a-z-]+)\"");

  /// What the tag `bad-` with the name of a leaf can be.
  private static final Set<String> BAD =
      Set.of("bad-server-certificate", "bad-private-key", "bad-certificate", "bad-fingerprint");

  /// Those of rpcs; and one for the day on which somebody adds a way to map certificates to users.
  private static final Set<String> OF_NO_EDIT =
      Set.of("noquery", "ntp-active", "instance-required", "not-supported");

  private static final String READ = "<get-config><source><running/></source></get-config>";

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Agent agent;

  @SuppressWarnings("NullAway.Init")
  private static NetconfSshClient admin;

  @SuppressWarnings("NullAway.Init")
  private static UnaryOperator<String> certificates;

  @BeforeAll
  static void start() throws Exception {
    int ntpPort;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
      ntpPort = free.getLocalPort();
    }
    String[] options = {
      "--state=" + folder.resolve("state"),
      "--netconf-port=0",
      "--ntp-address=127.0.0.1",
      "--ntp-port=" + ntpPort,
      "--recovery-user=admin"
    };
    if (!(CommandLine.parse(options) instanceof CommandLine.Run(AgentOptions run))) {
      throw new AssertionError("these options run the agent");
    }
    agent = Agent.start(run);
    String password =
        agent.newAdministrator().orElseThrow() instanceof Administrator.WithPassword user
            ? user.password().clear()
            : "";
    admin = NetconfSshClient.connect(agent.netconfAddresses().getFirst(), "admin", password);
    certificates = certificates();
    ok(RefusedPayload.edit(Files.readString(MODELS.resolve("surroundings.xml"))));
    ok("<commit/>");
  }

  @AfterAll
  static void stop() throws IOException {
    admin.close();
    agent.close();
  }

  private static UnaryOperator<String> certificates() throws GeneralSecurityException {
    TestCertificates.Identity one = TestCertificates.authority("CN=one");
    TestCertificates.Identity other = TestCertificates.authority("CN=other");
    Map<String, String> texts =
        Map.of(
            "${certificate}", one.pem(),
            "${key}", one.keyPem(),
            "${other-key}", other.keyPem(),
            "${fingerprint}", one.fingerprint());
    return content -> {
      String filled = content;
      for (Map.Entry<String, String> text : texts.entrySet()) {
        filled = filled.replace(text.getKey(), text.getValue());
      }
      return filled;
    };
  }

  private static String ok(String operation) throws IOException {
    String reply = admin.request(operation);
    assertTrue(reply.contains("<ok/>"), reply);
    return reply;
  }

  /// Those that libyang and our validator refuse too, see `AllFeaturesTest` of the models.
  @Test
  void saysWhatIsWrongByTheModels() throws IOException {
    check(RefusedPayload.ofModels(MODELS.resolve("refused.txt")), "models.answers.txt");
  }

  @Test
  void saysWhatIsWrongByTheServer() throws IOException {
    check(
        RefusedPayload.ofServer(SERVER.resolve("server.txt"), certificates), "server.answers.txt");
  }

  private static void check(List<RefusedPayload> payloads, String answers) throws IOException {
    String running = running();
    Map<String, String> expected = Answers.read(SERVER.resolve(answers));
    Map<String, String> actual = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (RefusedPayload payload : payloads) {
      String answer = answer(payload.content());
      assertEquals(null, actual.put(payload.name(), answer), "two are called " + payload.name());
      String wanted = expected.get(payload.name());
      if (!answer.equals(wanted)) {
        wrong.add(payload.name() + "\nshould get\n" + wanted + "\nand gets\n" + answer);
      }
      ok("<discard-changes/>");
      String now = running();
      if (!now.equals(running)) {
        wrong.add(payload.name() + " changed running from\n" + running + "\nto\n" + now);
        running = now;
      }
    }
    Path all = Answers.write(Path.of("target/refusals", answers), actual);
    assertEquals("", String.join("\n\n", wrong), "all that was answered is in " + all);
    assertEquals(actual.keySet(), expected.keySet(), "answers without a payload");
    goodCommitWorks();
  }

  /// What the first operation that refuses it says.
  private static String answer(String content) throws IOException {
    Map<String, String> operations = new LinkedHashMap<>();
    operations.put("edit-config", RefusedPayload.edit(content));
    operations.put("validate", "<validate><source><candidate/></source></validate>");
    operations.put("commit", "<commit/>");
    for (Map.Entry<String, String> operation : operations.entrySet()) {
      String reply = admin.request(operation.getValue());
      if (!reply.contains("<ok/>")) {
        return operation.getKey() + " answers\n" + Answers.text(reply);
      }
    }
    return "nothing is said against it";
  }

  private static String running() throws IOException {
    String reply = admin.request(READ);
    return reply.substring(reply.indexOf("<data>"));
  }

  private static void goodCommitWorks() throws IOException {
    String server =
        "<ntp:ntp><ntp:unicast-configuration%s><ntp:address>127.0.0.1</ntp:address>"
            + "<ntp:type>ntp:uc-server</ntp:type></ntp:unicast-configuration></ntp:ntp>";
    ok(RefusedPayload.edit(server.formatted("")));
    ok("<commit/>");
    assertTrue(running().contains("<address>127.0.0.1</address>"));
    ok(RefusedPayload.edit(server.formatted(" nc:operation='delete'")));
    ok("<commit/>");
  }

  @Test
  void everyAppTagHasAPayload() throws IOException {
    Set<String> tags = new TreeSet<>();
    for (Path source : SOURCES) {
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Matcher tag = APP_TAG.matcher(Files.readString(file));
          while (tag.find()) {
            tags.addAll(tag.group(1).equals("bad-") ? BAD : Set.of(tag.group(1)));
          }
        }
      }
    }
    assertTrue(
        tags.containsAll(Set.of("same-device", "key-mismatch", "poll-range")), tags::toString);
    String answers =
        Files.readString(SERVER.resolve("models.answers.txt"))
            + Files.readString(SERVER.resolve("server.answers.txt"));
    tags.removeAll(OF_NO_EDIT);
    tags.removeIf(tag -> answers.contains("[" + tag + "]"));
    assertEquals(Set.of(), tags);
  }
}
