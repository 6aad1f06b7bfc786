package io.chronoconf.agent.ssh;

import java.security.PublicKey;
import java.util.Arrays;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the directory of users on SSHD's behalf.
final class LoginCheck implements PasswordAuthenticator, PublickeyAuthenticator {
  private static final Logger LOG = LoggerFactory.getLogger(LoginCheck.class);

  private final UserDirectory users;

  LoginCheck(UserDirectory users) {
    this.users = users;
  }

  @Override
  public boolean authenticate(String user, String password, ServerSession session) {
    char[] characters = password.toCharArray();
    try {
      boolean isAllowed = users.verifyPassword(user, characters);
      if (isAllowed) {
        LOG.info("{} logs in by password from {}", user, session.getClientAddress());
      } else {
        LOG.warn("A password login from {} is refused", session.getClientAddress());
      }
      return isAllowed;
    } finally {
      Arrays.fill(characters, '\0');
    }
  }

  // Called twice: for the offer of a key, and with the signature, which SSHD has checked by then.
  @Override
  public boolean authenticate(String user, PublicKey key, ServerSession session) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    byte[] offered = buffer.getCompactData();
    boolean isAllowed = false;
    for (AuthorizedKey authorized : users.keys(user)) {
      isAllowed |= authorized.isSame(offered);
    }
    return isAllowed;
  }
}
