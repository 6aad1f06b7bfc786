package io.chronoconf.agent.netconf.session;

import static io.chronoconf.agent.netconf.session.TestSession.BASE;
import static io.chronoconf.agent.netconf.session.TestSession.HELLO_1_0;
import static io.chronoconf.agent.netconf.session.TestSession.HELLO_1_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.agent.netconf.message.XmlLimits;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.lock.DatastoreName;
import io.chronoconf.datastore.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class SessionBehaviourTest {
  private static final int MAX_BYTES = 100_000;
  private static final String OK = "<ok/>";
  private static final String NOTHING = "<get><filter/></get>";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @BeforeAll
  static void start() throws StoreException, RpcException {
    server =
        new TestServer(
            folder,
            new SessionLimits(
                50,
                MAX_BYTES,
                XmlLimits.DEFAULT,
                Duration.ofSeconds(60),
                Duration.ZERO,
                10_000,
                4));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String rpc(String attributes, String operation) {
    return "<rpc xmlns=\"" + BASE + "\" " + attributes + ">" + operation + "</rpc>";
  }

  @Nested
  class Hello {
    @Test
    void announcesWhatWorksAndTheSession() throws IOException {
      try (Ending session = new Ending(server.connect())) {
        String hello = session.of().hello();
        for (String capability :
            new String[] {
              "urn:ietf:params:netconf:base:1.0",
              "urn:ietf:params:netconf:base:1.1",
              "urn:ietf:params:netconf:capability:candidate:1.0",
              "urn:ietf:params:netconf:capability:validate:1.1",
              "urn:ietf:params:netconf:capability:confirmed-commit:1.1",
              "urn:ietf:params:netconf:capability:rollback-on-error:1.0",
              "urn:ietf:params:netconf:capability:xpath:1.0",
              "urn:ietf:params:netconf:capability:with-defaults:1.0?basic-mode=explicit"
                  + "&amp;also-supported=report-all,report-all-tagged,trim",
              "urn:ietf:params:netconf:capability:yang-library:1.1?revision=2019-01-04"
                  + "&amp;content-id="
                  + TestServer.YANG.contentId()
            }) {
          assertTrue(hello.contains("<capability>" + capability + "</capability>"), capability);
        }
        assertTrue(hello.contains("module=ietf-ntp&amp;revision=2022-07-05&amp;features="), hello);
        for (String missing : new String[] {"writable-running", ":startup", ":url", "message-id"}) {
          assertFalse(hello.contains(missing), missing);
        }
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\n  <?xml version=\"1.0\" encoding=\"UTF-8\"?>",
          "<hello xmlns=\"urn:x\"><capabilities><capability>urn:ietf:params:netconf:base:1.1"
              + "</capability></capabilities></hello>",
          "<hello><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability>"
              + "</capabilities></hello>",
          "<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><capabilities><capability>"
              + "urn:ietf:params:netconf:base:1.1</capability></capabilities>"
              + "<session-id>1</session-id></hello>",
          "<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><capabilities><capability>"
              + "urn:ietf:params:netconf:base:2.0</capability></capabilities></hello>",
          "<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"/>",
          "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"1\"><get/></rpc>",
          "<!DOCTYPE hello><hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\">"
              + "<capabilities><capability>urn:ietf:params:netconf:base:1.1</capability>"
              + "</capabilities></hello>",
          "hello"
        })
    void dropsASessionWithABadHelloWithoutAnAnswer(String hello)
        throws IOException, InterruptedException {
      long before = server.registry.inBadHellos();
      TestSession session = server.connect();
      session.receive();
      session.send(hello + "]]>]]>");
      assertEquals("", session.rest());
      assertTrue(session.awaitClosed());
      assertEquals(before + 1, eventually(server.registry::inBadHellos, before + 1));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\n<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><capabilities><capability>"
              + "\n  urn:ietf:params:netconf:base:1.1\n</capability></capabilities></hello>",
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?><nc:hello message-id=\"7\" "
              + "xmlns:nc=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><nc:capabilities>"
              + "<nc:capability>urn:x:unknown</nc:capability>"
              + "<nc:capability>urn:ietf:params:netconf:base:1.1</nc:capability>"
              + "</nc:capabilities></nc:hello>",
          "\ufeff<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><!-- hi --><capabilities>"
              + "<capability>urn:ietf:params:netconf:base:1.0</capability>"
              + "<capability>urn:ietf:params:netconf:base:1.1</capability></capabilities>"
              + "<extra xmlns=\"urn:x\"/></hello>"
        })
    void toleratesWhatClientsSend(String hello) throws IOException {
      try (Ending session = new Ending(server.connect())) {
        session.of().receive();
        session.of().send(hello + "]]>]]>");
        session.of().useChunks();
        assertEquals("data", session.of().rpc(NOTHING).summary());
      }
    }

    @Test
    void answersRequestsGluedBehindTheHello() throws IOException {
      try (Ending session = new Ending(server.connect())) {
        String get = rpc("message-id=\"a\"", NOTHING);
        session.of().send(HELLO_1_1 + "]]>]]>\n#" + get.length() + "\n" + get + "\n##\n");
        session.of().receive();
        session.of().useChunks();
        assertTrue(session.of().reply().text().contains("message-id=\"a\""));
      }
    }

    @Test
    void keepsTheEndMarkWithAClientOfTheOldBase() throws IOException {
      try (Ending session = new Ending(server.connect())) {
        session.of().receive();
        session.of().send(HELLO_1_0 + "]]>]]>");
        assertEquals("data", session.of().rpc(NOTHING).summary());
        session.of().sendMessage("<rpc");
        assertEquals("rpc operation-failed", session.of().reply().summary());
        assertEquals("data", session.of().rpc(NOTHING).summary());
      }
    }

    @Test
    void numbersSessionsUpwards() throws IOException {
      try (Ending one = new Ending(server.session());
          Ending two = new Ending(server.session())) {
        assertTrue(one.of().sessionId() > 0);
        assertTrue(two.of().sessionId() > one.of().sessionId());
      }
    }
  }

  @Nested
  class Messages {
    @Test
    void echoesAllAttributesAndNamespacesOfTheRequest() throws IOException {
      try (Ending session = new Ending(server.session())) {
        session
            .of()
            .sendMessage(
                "<nc:rpc xmlns:nc=\"%s\" xmlns:ex=\"urn:ex\" xmlns=\"urn:other\" ex:user=\"a &amp; &lt;b\" message-id=\" 1 &quot;\" plain=\"x\"><nc:get><nc:filter/></nc:get></nc:rpc>"
                    .formatted(BASE));
        String reply = session.of().reply().text();
        assertTrue(reply.startsWith("<nc:rpc-reply "), reply);
        Element root = new ReplyText(reply).document().getDocumentElement();
        assertEquals(BASE, root.getNamespaceURI());
        assertEquals(" 1 \"", root.getAttribute("message-id"));
        assertEquals("a & <b", root.getAttributeNS("urn:ex", "user"));
        assertEquals("x", root.getAttribute("plain"));
        assertEquals("urn:ex", root.getAttribute("xmlns:ex"));
        assertEquals("urn:other", root.getAttribute("xmlns"));
        assertEquals(BASE, root.getFirstChild().getNamespaceURI());
      }
    }

    @Test
    void missesTheMessageId() throws IOException {
      try (Ending session = new Ending(server.session())) {
        session.of().sendMessage(rpc("x=\"y\"", NOTHING));
        ReplyText reply = session.of().reply();
        assertEquals(
            "rpc missing-attribute bad-attribute=message-id bad-element=rpc", reply.summary());
        assertFalse(reply.document().getDocumentElement().hasAttribute("message-id"));
        assertEquals("y", reply.document().getDocumentElement().getAttribute("x"));
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "x",
          "<rpc",
          "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"1\"><get></rpc>",
          "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"1\"><get/></rpc><rpc"
              + " xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"2\"><get/></rpc>",
          "<rpc message-id=\"1\"><get/></rpc>",
          "<rpc xmlns=\"urn:x\" message-id=\"1\"><get/></rpc>",
          "<hello xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"/>",
          "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"1\">&x;</rpc>",
          "<!DOCTYPE rpc><rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"1\">"
              + "<get/></rpc>",
          "<!DOCTYPE rpc [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\">"
              + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><rpc message-id=\"1\" "
              + "xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><get>&c;</get></rpc>",
          "<!DOCTYPE rpc SYSTEM \"file:///etc/passwd\"><rpc message-id=\"1\" "
              + "xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><get/></rpc>",
          "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rpc message-id=\"1\" "
              + "xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><get/></rpc>",
          "<rpc xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\" message-id=\"1\"><fly/></rpc"
        })
    void callsWhatIsNoRpcMalformedAndLivesOn(String message) throws IOException {
      try (Ending session = new Ending(server.session())) {
        if (message.isEmpty()) {
          session.of().send("\n#1\n \n##\n");
        } else {
          session.of().sendMessage(message);
        }
        ReplyText reply = session.of().reply();
        assertEquals("rpc malformed-message", reply.summary());
        assertFalse(reply.document().getDocumentElement().hasAttribute("message-id"));
        assertEquals("data", session.of().rpc(NOTHING).summary());
      }
    }

    @Test
    void refusesBytesThatAreNoUtf8() throws IOException {
      try (Ending session = new Ending(server.session())) {
        byte[] bad = rpc("message-id=\"1\"", "<get/><!-- ? -->").getBytes(StandardCharsets.UTF_8);
        bad[bad.length - 12] = (byte) 0xff;
        session.of().send("\n#" + bad.length + "\n");
        session.of().send(bad);
        session.of().send("\n##\n");
        assertEquals("rpc malformed-message", session.of().reply().summary());
      }
    }

    @Test
    void refusesDeepNesting() throws IOException {
      try (Ending session = new Ending(server.session())) {
        String deep = "<a>".repeat(5_000) + "</a>".repeat(5_000);
        session
            .of()
            .sendMessage(rpc("message-id=\"1\"", "<get><filter>" + deep + "</filter></get>"));
        String summary = session.of().reply().summary();
        assertTrue(
            summary.equals("protocol too-big") || summary.equals("rpc malformed-message"), summary);
        assertEquals("data", session.of().rpc(NOTHING).summary());
      }
    }

    @Test
    void refusesACrowdOfAttributes() throws IOException {
      try (Ending session = new Ending(server.session())) {
        StringBuilder crowd = new StringBuilder("message-id=\"1\"");
        for (int i = 0; i < 200; i++) {
          crowd.append(" a").append(i).append("=\"\"");
        }
        session.of().sendMessage(rpc(crowd.toString(), "<get/>"));
        assertEquals("rpc malformed-message", session.of().reply().summary());
      }
    }

    @Test
    void readsDeclarationsCommentsInstructionsAndMarkedSections() throws IOException {
      try (Ending session = new Ending(server.session())) {
        session
            .of()
            .sendMessage(
                "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- a --><?b c?>"
                    + rpc(
                        "message-id=\"1\"",
                        "<?d e?><kill-session><!-- f --><session-id><![CDATA[0]]></session-id>"
                            + "</kill-session>")
                    + "\n<!-- g -->");
        assertEquals("protocol invalid-value", session.of().reply().summary());
      }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
      try (Ending session = new Ending(server.session())) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 300; i++) {
          String operation = i % 3 == 0 ? "<discard-changes/>" : i % 3 == 1 ? NOTHING : "<fly/>";
          all.append(session.of().framed(rpc("message-id=\"" + i + "\"", operation)));
        }
        session.of().send(all.toString());
        for (int i = 0; i < 300; i++) {
          assertTrue(session.of().reply().text().contains("message-id=\"" + i + "\""));
        }
      }
    }

    @Test
    void readsOneByteAtATime() throws IOException {
      try (Ending session = new Ending(server.session())) {
        String framed = session.of().framed(rpc("message-id=\"\u20ac\"", NOTHING));
        for (byte b : framed.getBytes(StandardCharsets.UTF_8)) {
          session.of().send(new byte[] {b});
        }
        assertTrue(session.of().reply().text().contains("message-id=\"\u20ac\""));
      }
    }
  }

  @Nested
  class Endings {
    @ParameterizedTest
    @ValueSource(
        strings = {"\n#0\n", "\n#010\n", "\n#4294967296\n", "#4\n", "<rpc/>]]>]]>", "\n##\n"})
    void saysThatTheFramingIsBrokenAndCloses(String bytes)
        throws IOException, InterruptedException {
      TestSession session = server.session();
      session.send(bytes);
      assertEquals("rpc malformed-message", session.reply().summary());
      assertEquals(Optional.empty(), session.receive());
      assertTrue(session.awaitClosed());
    }

    @Test
    void saysThatAMessageIsTooBigAndCloses() throws IOException, InterruptedException {
      TestSession session = server.session();
      session.send("\n#4294967295\n" + "x".repeat(MAX_BYTES + 1));
      assertEquals("rpc too-big", session.reply().summary());
      assertEquals(Optional.empty(), session.receive());
      assertTrue(session.awaitClosed());
    }

    @Test
    void closesAfterTheReplyToCloseSession() throws IOException, InterruptedException {
      TestSession session = server.session();
      assertEquals("ok", session.rpc("<lock><target><candidate/></target></lock>").summary());
      session.send(
          session.framed(rpc("message-id=\"1\"", "<close-session/>"))
              + session.framed(rpc("message-id=\"2\"", "<get/>")));
      assertTrue(session.reply().text().contains(OK));
      assertEquals(Optional.empty(), session.receive());
      assertTrue(session.awaitClosed());
      try (Ending other = new Ending(server.session())) {
        eventually(() -> server.datastores.locks().size(), 0);
        assertEquals("data", other.of().rpc(NOTHING).summary());
      }
    }

    @Test
    void killingFreesTheLockBeforeTheReply() throws IOException, InterruptedException {
      try (Ending killer = new Ending(server.session())) {
        TestSession victim = server.session();
        assertEquals("ok", victim.rpc("<lock><target><running/></target></lock>").summary());
        assertEquals(
            "protocol lock-denied session-id=" + victim.sessionId(),
            killer.of().rpc("<lock><target><running/></target></lock>").summary());
        assertEquals(
            "ok",
            killer
                .of()
                .rpc(
                    "<kill-session><session-id>"
                        + victim.sessionId()
                        + "</session-id></kill-session>")
                .summary());
        assertEquals("ok", killer.of().rpc("<lock><target><running/></target></lock>").summary());
        assertEquals(
            "ok", killer.of().rpc("<unlock><target><running/></target></unlock>").summary());
        assertEquals(Optional.empty(), victim.receive());
        assertTrue(victim.awaitClosed());
        assertEquals(
            "protocol invalid-value",
            killer
                .of()
                .rpc(
                    "<kill-session><session-id>"
                        + victim.sessionId()
                        + "</session-id></kill-session>")
                .summary());
      }
    }

    @Test
    void doesNotKillItself() throws IOException {
      try (Ending session = new Ending(server.session())) {
        long own = session.of().sessionId();
        assertEquals(
            "protocol invalid-value",
            session
                .of()
                .rpc("<kill-session><session-id>" + own + "</session-id></kill-session>")
                .summary());
      }
    }

    @Test
    void losesLockAndEditsWithTheTransport() throws IOException, InterruptedException {
      TestSession session = server.session();
      assertEquals("ok", session.rpc("<lock><target><candidate/></target></lock>").summary());
      assertEquals(
          "ok",
          session
              .rpc(
                  "<edit-config><target><candidate/></target><config><system "
                      + "xmlns=\"urn:ietf:params:xml:ns:yang:ietf-system\"><contact>x</contact>"
                      + "</system></config></edit-config>")
              .summary());
      session.drop();
      assertTrue(session.awaitClosed());
      eventually(() -> server.datastores.locks().size(), 0);
      assertEquals(
          server.datastores.read(DatastoreName.RUNNING),
          server.datastores.read(DatastoreName.CANDIDATE));
    }
  }

  /// Waits for what another thread is about to do.
  private static long eventually(LongSupplier value, long wanted) {
    long deadlineNs = System.nanoTime() + 10_000_000_000L;
    while (value.getAsLong() != wanted && System.nanoTime() < deadlineNs) {
      Thread.onSpinWait();
    }
    assertEquals(wanted, value.getAsLong());
    return wanted;
  }

  /// Drops a session at the end of a test.
  private record Ending(TestSession of) implements AutoCloseable {
    @Override
    public void close() {
      of.drop();
    }
  }
}
