package io.chronoconf.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.cli.AgentOptions;
import io.chronoconf.agent.cli.CommandLine;
import io.chronoconf.agent.cli.UsageException;
import io.chronoconf.agent.ssh.NetconfSshClient;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole agent on the loopback address.
class AgentTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final String NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp";

  @TempDir Path folder;

  private Agent start(String... more) throws IOException, StartException, UsageException {
    return startOn(0, more);
  }

  private Agent startOn(int netconfPort, String... more)
      throws IOException, StartException, UsageException {
    Stream<String> usual =
        Stream.of(
            "--state=" + folder.resolve("state"),
            "--netconf-port=" + netconfPort,
            "--ntp-address=127.0.0.1",
            "--ntp-port=" + freeUdpPort());
    String[] all = Stream.concat(usual, Arrays.stream(more)).toArray(String[]::new);
    if (CommandLine.parse(all) instanceof CommandLine.Run(AgentOptions options)) {
      return Agent.start(options);
    }
    throw new AssertionError("these options run the agent");
  }

  private static final String GET_CANDIDATE =
      "<get-config><source><candidate/></source></get-config>";
  private static final String NACM =
      "<nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'"
          + " xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'>%s</nacm>";

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private static String password(Agent agent) {
    return agent.newAdministrator().orElseThrow() instanceof Administrator.WithPassword admin
        ? admin.password().clear()
        : "";
  }

  private static NetconfSshClient login(Agent agent, String user, String password)
      throws IOException {
    return NetconfSshClient.connect(agent.netconfAddresses().getFirst(), user, password);
  }

  private static void ok(NetconfSshClient client, String operation) throws IOException {
    String reply = client.request(operation);
    assertTrue(reply.contains("<ok/>"), reply);
  }

  private static String edit(String content) {
    return "<edit-config><target><candidate/></target><config>%s</config></edit-config>"
        .formatted(content);
  }

  @Test
  void theFirstStartLetsItsAdministratorIn() throws Exception {
    try (Agent agent = start()) {
      String printed = agent.nextSteps();
      assertTrue(printed.contains("password        " + password(agent)), printed);
      try (NetconfSshClient client = login(agent, "admin", password(agent))) {
        String state = client.request("<get/>");
        assertTrue(state.contains("unsynchronized</clock-state>"), state);
        assertFalse(state.contains(password(agent)), state);
        ok(
            client,
            edit(
                "<ntp xmlns='%s'><unicast-configuration><address>127.0.0.1</address>".formatted(NTP)
                    + "<type>uc-server</type></unicast-configuration></ntp>"));
        ok(client, "<commit/>");
        String after = client.request("<get/>");
        assertTrue(
            after.contains("<local-mode>client</local-mode>")
                || after.contains(":client</local-mode>"),
            after);
      }
    }
  }

  @Test
  void aRestartKeepsWhatWasCommitted() throws Exception {
    String password;
    try (Agent agent = start()) {
      password = password(agent);
      try (NetconfSshClient client = login(agent, "admin", password)) {
        ok(
            client,
            edit(
                "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'>"
                    + "<contact>somebody</contact></system>"));
        ok(client, "<commit/>");
      }
    }
    try (Agent agent = start();
        NetconfSshClient client = login(agent, "admin", password)) {
      assertEquals(Optional.empty(), agent.newAdministrator());
      assertFalse(agent.nextSteps().contains(password));
      assertTrue(client.request("<get/>").contains("<contact>somebody</contact>"));
    }
  }

  @Test
  void groupsDecideWhoMayDoWhat() throws Exception {
    String user = "<user><name>%s</name><password>$0$%s</password></user>";
    String member = "<group><name>%s</name><user-name>%s</user-name></group>";
    String contact =
        "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><contact>noc</contact></system>";
    String denied = "<error-tag>access-denied</error-tag>";
    try (Agent agent = start();
        NetconfSshClient admin = login(agent, "admin", password(agent))) {
      ok(
          admin,
          edit(
              "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><authentication>"
                  + user.formatted("olga", "olga's")
                  + user.formatted("rita", "rita's")
                  + "</authentication></system>"
                  + NACM.formatted(
                      "<groups>"
                          + member.formatted("operators", "olga")
                          + member.formatted("readers", "rita")
                          + "</groups>")));
      ok(admin, "<commit/>");
      try (NetconfSshClient olga = login(agent, "olga", "olga's");
          NetconfSshClient rita = login(agent, "rita", "rita's")) {
        ok(olga, edit(contact));
        ok(olga, "<commit/>");
        String refusal = olga.request(edit(NACM.formatted("<enable-nacm>false</enable-nacm>")));
        assertTrue(refusal.contains(denied), refusal);
        assertFalse(refusal.contains("<error-path"), "she cannot even see it: " + refusal);
        assertFalse(olga.request(GET_CANDIDATE).contains("administrators"));
        assertTrue(rita.request(GET_CANDIDATE).contains("<contact>noc</contact>"));
        assertTrue(rita.request(edit(contact)).contains(denied));
        assertTrue(
            rita.request("<kill-session><session-id>1</session-id></kill-session>")
                .contains(denied));
        String counters = admin.request("<get><filter>" + NACM.formatted("") + "</filter></get>");
        assertTrue(counters.contains("<denied-operations>2</denied-operations>"), counters);
        assertTrue(counters.contains("<denied-data-writes>1</denied-data-writes>"), counters);
      }
    }
  }

  @Test
  void aPasswordInClearTextIsHashedOnArrival() throws Exception {
    try (Agent agent = start();
        NetconfSshClient client = login(agent, "admin", password(agent))) {
      ok(
          client,
          edit(
              "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><authentication><user>"
                  + "<name>second</name><password>$0$very secret</password>"
                  + "</user></authentication></system>"));
      String candidate = client.request(GET_CANDIDATE);
      assertFalse(candidate.contains("<password>"), candidate);
      ok(client, "<commit/>");
      String mayRead = "<rule-list nc:operation='delete'><name>secrets</name></rule-list>";
      ok(client, edit(NACM.formatted(mayRead)));
      ok(client, "<commit/>");
      candidate = client.request(GET_CANDIDATE);
      assertFalse(candidate.contains("very secret"), candidate);
      assertTrue(candidate.contains("<password>$6$"), candidate);
      login(agent, "second", "very secret").close();
      assertThrows(IOException.class, () -> login(agent, "second", "other").close());
    }
  }

  @Test
  void aKeyOfNtpIsNeverStoredOrShownInClear() throws Exception {
    String keys =
        "<ntp xmlns='%s'><authentication><authentication-keys><keyid>42</keyid>".formatted(NTP)
            + "<algorithm>md5</algorithm><key><keystring>aNiceKey</keystring></key>"
            + "<istrusted>true</istrusted></authentication-keys></authentication></ntp>";
    try (Agent agent = start();
        NetconfSshClient client = login(agent, "admin", password(agent))) {
      ok(client, edit(keys));
      String candidate = client.request(GET_CANDIDATE);
      assertTrue(candidate.contains("<keyid>42</keyid>"), candidate);
      assertFalse(candidate.contains("-string>"), candidate);
      assertFalse(candidate.contains("keystring"), candidate);
      ok(client, "<commit/>");
      // The same key again is no change.
      String revision = client.request(GET_REVISION);
      ok(client, edit(keys));
      ok(client, "<commit/>");
      assertEquals(revision(revision), revision(client.request(GET_REVISION)));
      String mayRead = "<rule-list nc:operation='delete'><name>secrets</name></rule-list>";
      ok(client, edit(NACM.formatted(mayRead)));
      ok(client, "<commit/>");
      candidate = client.request(GET_CANDIDATE);
      assertFalse(candidate.contains("aNiceKey"), candidate);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(content.contains("aNiceKey"), file.toString());
      }
    }
  }

  private static final String GET_REVISION =
      "<get><filter><transactions xmlns='urn:chronoconf:yang:transactions'><revision/>"
          + "</transactions></filter></get>";

  private static String revision(String reply) {
    int at = reply.indexOf("<revision>");
    assertTrue(at >= 0, reply);
    return reply.substring(at, reply.indexOf("</revision>"));
  }

  @Test
  void aPasswordThatCannotBeCheckedIsRefused() throws Exception {
    try (Agent agent = start();
        NetconfSshClient client = login(agent, "admin", password(agent))) {
      ok(
          client,
          edit(
              "<system xmlns='urn:ietf:params:xml:ns:yang:ietf-system'><authentication><user>"
                  + "<name>old</name><password>$1$salt$aaaaaaaaaaaaaaaaaaaaaa</password>"
                  + "</user></authentication></system>"));
      String reply = client.request("<commit/>");
      assertTrue(reply.contains("hash-not-supported"), reply);
    }
  }

  @Test
  void statisticsAreResetOnRequest() throws Exception {
    try (Agent agent = start();
        NetconfSshClient client = login(agent, "admin", password(agent))) {
      String all = "<statistics-reset xmlns='%s'/>".formatted(NTP);
      ok(client, all);
      String reply =
          client.request(
              "<statistics-reset xmlns='%s'><associations-address>10.0.0.1</associations-address>"
                      .formatted(NTP)
                  + "</statistics-reset>");
      assertTrue(reply.contains("instance-required"), reply);
    }
  }

  @Test
  void configurationOfTheOperatorsOwnModulesIsKept() throws Exception {
    String modules = Path.of("..", "datastore", "src", "test", "resources", "yang").toString();
    String content =
        "<top xmlns='urn:test:all'><types><int8>-7</int8><colour>red</colour></types>"
            + "<person><name>ann</name><pet><kind>cat</kind><number>1</number></pet></person>"
            + "<word>b</word><word>a</word><wings>2</wings></top>"
            + "<second xmlns='urn:test:all'><note><any xmlns='urn:any'>thing</any></note></second>";
    String get =
        "<get-config><source><running/></source><filter><top xmlns='urn:test:all'/>"
            + "<second xmlns='urn:test:all'/></filter></get-config>";
    String password;
    String before;
    try (Agent agent = start("--yang-dir", modules)) {
      password = password(agent);
      try (NetconfSshClient client = login(agent, "admin", password)) {
        ok(client, edit(content));
        ok(client, "<commit/>");
        before = client.request(get);
        assertTrue(before.contains("<any xmlns=\"urn:any\">thing</any>"), before);
        assertTrue(before.contains("<word>b</word><word>a</word>"), before);
        String bad =
            client.request(edit("<top xmlns='urn:test:all'><types><int8>200</int8></types></top>"));
        assertTrue(bad.contains("<error-tag>invalid-value</error-tag>"), bad);
        String schema =
            client.request(
                "<get-schema xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                    + "<identifier>test-all</identifier></get-schema>");
        assertTrue(schema.contains("module test-all"), schema);
      }
    }
    try (Agent agent = start("--yang-dir", modules);
        NetconfSshClient client = login(agent, "admin", password)) {
      assertEquals(data(before), data(client.request(get)));
    }
  }

  private static String data(String reply) {
    return reply.substring(reply.indexOf("<data"), reply.indexOf("</data>"));
  }

  @Test
  void aLostPasswordIsReplaced() throws Exception {
    Path state = folder.resolve("state");
    String lost;
    try (Agent agent = start()) {
      lost = password(agent);
      StartException running =
          assertThrows(
              StartException.class,
              () -> AdminReset.run(new CommandLine.ResetAdmin(state, Optional.empty(), List.of())));
      assertTrue(String.valueOf(running.getMessage()).contains("is running"));
    }
    Matcher matcher =
        Pattern.compile("password +(\\S+)")
            .matcher(
                AdminReset.run(new CommandLine.ResetAdmin(state, Optional.empty(), List.of())));
    assertTrue(matcher.find());
    String found = String.valueOf(matcher.group(1));
    try (Agent agent = start()) {
      login(agent, "admin", found).close();
      assertThrows(IOException.class, () -> login(agent, "admin", lost).close());
    }
  }

  @Test
  void aKeyIsGivenToTheAdministratorLater() throws Exception {
    String password;
    try (Agent agent = start()) {
      password = password(agent);
    }
    String blob = "AAAAC3NzaC1lZDI1NTE5AAAAIGo1Yk8yVq7d3w0m4c5x9uHqE2s6tFvB1rLzNnKpQaXy";
    Path file = Files.writeString(folder.resolve("key.pub"), "ssh-ed25519 " + blob + " me\n");
    String said =
        AdminReset.run(
            new CommandLine.ResetAdmin(folder.resolve("state"), Optional.of(file), List.of()));
    assertTrue(said.contains(file.toString()), said);
    try (Agent agent = start();
        NetconfSshClient client = login(agent, "admin", password)) {
      String reply = client.request("<get-config><source><running/></source></get-config>");
      assertTrue(reply.contains(blob), reply);
    }
  }

  @Test
  void aPortThatIsTakenIsNamedAndThePasswordIsNotLost() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      int port = taken.getLocalPort();
      StartException refusal = assertThrows(StartException.class, () -> startOn(port).close());
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains(":" + port) && message.contains("--netconf-port"), message);
      Matcher matcher = Pattern.compile("the password is (\\S+)").matcher(message);
      assertTrue(matcher.find(), message);
      try (Agent agent = start()) {
        login(agent, "admin", String.valueOf(matcher.group(1))).close();
      }
    }
  }

  @Test
  void aKeyFileTakesThePlaceOfThePassword() throws Exception {
    Path key = folder.resolve("id.pub");
    Files.writeString(
        key,
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7mYcJ8j2Yt0G3m6m1l6hZ3n2x4S5vJ6s7t8u9v0w1x me\n");
    try (Agent agent = start("--admin-key", key.toString())) {
      String printed = agent.nextSteps();
      assertTrue(printed.contains("public key      " + key), printed);
      assertTrue(printed.contains("key_filename=os.path.expanduser(\"" + folder), printed);
      assertFalse(printed.contains("password"), printed);
      InetSocketAddress address = agent.netconfAddresses().getFirst();
      assertThrows(
          IOException.class, () -> NetconfSshClient.connect(address, "admin", "guessed").close());
    }
  }

  @Test
  void aBadKeyFileIsNamedAndNothingIsMade() throws Exception {
    Path key = Files.writeString(folder.resolve("id.pub"), "-----BEGIN PRIVATE KEY-----");
    StartException refusal =
        assertThrows(StartException.class, () -> start("--admin-key", key.toString()).close());
    assertTrue(String.valueOf(refusal.getMessage()).contains("--admin-key: " + key));
    try (Agent agent = start()) {
      assertFalse(password(agent).isEmpty());
    }
  }

  @Test
  void theExampleServerSynchronizesTheAgent() throws Exception {
    int port = freeUdpPort();
    try (Agent agent = start("--with-example-server", "--example-server-port", "" + port);
        NetconfSshClient client = login(agent, "admin", password(agent))) {
      ok(
          client,
          edit(
              "<ntp xmlns='%s'><unicast-configuration><address>127.0.0.1</address>".formatted(NTP)
                  + "<type>uc-server</type><iburst>true</iburst><port>%d</port>".formatted(port)
                  + "</unicast-configuration></ntp>"));
      ok(client, "<commit/>");
      long deadline = System.nanoTime() + 60_000_000_000L;
      String state = "";
      while (!state.contains(">2</clock-stratum>")) {
        assertTrue(System.nanoTime() < deadline, state);
        Thread.onSpinWait();
        state =
            client.request(
                "<get><filter type='subtree'><ntp xmlns='%s'/></filter></get>".formatted(NTP));
      }
    }
  }
}
