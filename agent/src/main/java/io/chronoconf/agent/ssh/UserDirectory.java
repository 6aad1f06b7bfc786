package io.chronoconf.agent.ssh;

import java.util.List;

/// Who may log in. Called on the SSH server's threads, several at once; must not block for long.
public interface UserDirectory {
  /// True if the user exists and has this password. Must take as long for a user that does not
  /// exist as for one that does.
  ///
  /// @param password is overwritten after the call
  boolean verifyPassword(String user, char[] password);

  /// The public keys by which the user may log in; empty for an unknown user.
  List<AuthorizedKey> keys(String user);
}
