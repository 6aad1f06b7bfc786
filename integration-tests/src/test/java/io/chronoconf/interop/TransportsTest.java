package io.chronoconf.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// NETCONF over TLS with OpenSSL (RFC 7589), and ncclient called home (RFC 8071).
class TransportsTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  @TempDir private Path folder;

  @Test
  void opensslIsServedAndNcclientIsCalledHome() throws IOException, InterruptedException {
    String python = Peers.pythonWith("ncclient").toString();
    Path _ = Peers.program("openssl");
    String port = freeTcpPort();
    List<String> options =
        List.of("--netconf-port", port, "--ntp-address", "127.0.0.1", "--ntp-port", freeUdpPort());
    try (AgentProcess agent =
        AgentProcess.firstStart(RunningProgram::start, folder.resolve("state"), options)) {
      List<String> command =
          List.of(
              python,
              "-W",
              "ignore",
              Path.of("src/test/python/transports.py").toAbsolutePath().toString(),
              port,
              agent.password(),
              Files.createDirectory(folder.resolve("keys")).toString());
      try (RunningProgram client = RunningProgram.start(command)) {
        int status = client.await(LIMIT);
        assertEquals(0, status, client.output());
      }
      String _ = agent.stop();
    }
  }

  private static String freeTcpPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return Integer.toString(socket.getLocalPort());
    }
  }

  private static String freeUdpPort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return Integer.toString(socket.getLocalPort());
    }
  }
}
