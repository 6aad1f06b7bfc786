package io.chronoconf.agent;

import io.chronoconf.agent.model.ietfsystem.SystemModule;
import io.chronoconf.agent.ssh.AuthorizedKey;
import io.chronoconf.agent.ssh.UserDirectory;
import java.util.Base64;
import java.util.List;

/// Lets in the users of the running configuration.
final class LoginDirectory implements UserDirectory {
  private final SystemModule system;

  LoginDirectory(SystemModule system) {
    this.system = system;
  }

  @Override
  public boolean verifyPassword(String user, char[] password) {
    return system.users().hasPassword(user, new String(password));
  }

  @Override
  public List<AuthorizedKey> keys(String user) {
    return system.users().keys(user).stream()
        .map(key -> new AuthorizedKey(Base64.getDecoder().decode(key.blob())))
        .toList();
  }
}
