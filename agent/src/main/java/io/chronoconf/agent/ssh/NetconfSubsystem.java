package io.chronoconf.agent.ssh;

import io.chronoconf.agent.netconf.session.NetconfServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.jspecify.annotations.Nullable;

/// The `netconf` subsystem on one channel (RFC 6242 section 3). SSHD hands over the streams one by
/// one and then starts it, on a thread of its own that must not be kept.
final class NetconfSubsystem implements Command {
  private final NetconfServer server;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;
  private @Nullable OutputStream errors;
  private @Nullable ExitCallback exit;

  private NetconfSubsystem(NetconfServer server) {
    this.server = server;
  }

  /// Makes one of these for each channel.
  ///
  /// @param maxChannels per connection
  record Factory(NetconfServer server, ConnectionGate gate, int maxChannels)
      implements SubsystemFactory {
    @Override
    public String getName() {
      return "netconf";
    }

    @Override
    public Command createSubsystem(ChannelSession channel) throws IOException {
      if (gate.channels(channel.getSession()) > maxChannels) {
        throw new IOException(
            "A connection carries at most " + maxChannels + " sessions: open another.");
      }
      return new NetconfSubsystem(server);
    }
  }

  @Override
  public void setInputStream(InputStream stream) {
    in = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    errors = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    if (in == null || out == null || errors == null || exit == null) {
      throw new IllegalStateException("SSHD started a subsystem without streams");
    }
    server.serve(new ChannelTransport(channel, in, out, errors, exit));
  }

  /// Nothing to do: the session notices the end of its input.
  @Override
  public void destroy(ChannelSession channel) {}
}
