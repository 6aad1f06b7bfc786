package io.chronoconf.agent.model.ietfsystem;

import static io.chronoconf.agent.model.ietfsystem.SystemNodes.sys;

import io.chronoconf.agent.model.DeviceZone;
import io.chronoconf.agent.model.ietfsystem.LocalUsers.AuthorizedKey;
import io.chronoconf.agent.model.ietfsystem.LocalUsers.User;
import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.ErrorType;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.ConfigCursor;
import io.chronoconf.datastore.tree.DataPath;
import io.chronoconf.datastore.tree.NodeSchema;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A validated configuration to [LocalUsers] and [DeviceZone]. Pure.
final class SystemConfigReader {
  private final NodeSchema root;

  /// @param root the schema's root
  SystemConfigReader(NodeSchema root) {
    this.root = root;
  }

  /// @throws RpcException if a password is in a form that cannot be checked
  LocalUsers users(ContainerNode config) throws RpcException {
    Optional<ConfigCursor> authentication =
        ConfigCursor.of(root, config)
            .container(sys("system"))
            .flatMap(system -> system.container(sys("authentication")));
    Map<String, User> users = new HashMap<>();
    if (authentication.isPresent()) {
      for (ConfigCursor entry : authentication.get().list(sys("user"))) {
        String name = text(entry, "name");
        users.put(name, new User(password(name, entry), keys(entry)));
      }
    }
    return new LocalUsers(users);
  }

  /// @throws RpcException if the zone's name is unknown here
  DeviceZone zone(ContainerNode config) throws RpcException {
    Optional<ConfigCursor> clock =
        ConfigCursor.of(root, config)
            .container(sys("system"))
            .flatMap(system -> system.container(sys("clock")));
    Optional<String> name = clock.flatMap(at -> at.leaf(sys("timezone-name"), String.class));
    if (name.isPresent()) {
      return named(clock.orElseThrow().path(sys("timezone-name")), name.get());
    }
    return clock
        .flatMap(at -> at.leaf(sys("timezone-utc-offset"), Short.class))
        .<DeviceZone>map(minutes -> new DeviceZone.Fixed(minutes))
        .orElse(new DeviceZone.Unknown());
  }

  private static DeviceZone named(DataPath at, String name) throws RpcException {
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.INVALID_VALUE,
              "The time zone database has no zone %s; names are as Europe/Stockholm, or give"
                      .formatted(name)
                  + " timezone-utc-offset.")
          .withAppTag("unknown-time-zone")
          .withPath(at.errorPath())
          .asException();
    }
    return new DeviceZone.Named(ZoneId.of(name));
  }

  private static Optional<String> password(String name, ConfigCursor entry) throws RpcException {
    Optional<String> stored = entry.leaf(sys("password"), String.class);
    if (stored.isPresent() && CryptHash.parse(stored.get()).isEmpty()) {
      throw RpcError.of(
              ErrorType.APPLICATION,
              ErrorTag.INVALID_VALUE,
              "The password of user %s is hashed in a way that is not supported; give it as $6$ or"
                      .formatted(name)
                  + " $5$ with at most 1000000 rounds, or in clear text as $0$.")
          .withAppTag("hash-not-supported")
          .withPath(entry.path(sys("password")).errorPath())
          .asException();
    }
    return stored;
  }

  private static List<AuthorizedKey> keys(ConfigCursor entry) {
    List<AuthorizedKey> keys = new ArrayList<>();
    for (ConfigCursor key : entry.list(sys("authorized-key"))) {
      byte[] blob = key.leaf(sys("key-data"), byte[].class).orElse(new byte[0]);
      keys.add(new AuthorizedKey(text(key, "algorithm"), Base64.getEncoder().encodeToString(blob)));
    }
    return keys;
  }

  private static String text(ConfigCursor at, String leaf) {
    return at.leaf(sys(leaf), String.class)
        .orElseThrow(() -> new IllegalStateException(leaf + " is mandatory"));
  }
}
