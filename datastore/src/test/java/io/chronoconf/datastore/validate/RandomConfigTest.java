package io.chronoconf.datastore.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.testing.CheckTrees;
import io.chronoconf.datastore.tree.InvalidValueException;
import io.chronoconf.datastore.tree.NodeSchema;
import io.chronoconf.datastore.tree.NodeSchema.Kind;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Whatever a configuration holds, validation answers with errors and never fails itself.
class RandomConfigTest {
  private static final int ROUNDS = 300;
  private static final List<String> VALUES =
      List.of(
          "",
          "1",
          "2",
          "7",
          "60",
          "a",
          "x",
          "yes",
          "three",
          "c:cox",
          "m:round-apple",
          "red",
          "s",
          "/c:host[c:name='h1']/c:port",
          "/c:host[c:name='h2']");
  private static final Map<String, String> PREFIXES =
      Map.of("c", "urn:test:check", "m", "urn:test:check-more");
  private static final ConfigValidator VALIDATOR = new ConfigValidator(CheckTrees.SCHEMA.context());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void answersWithErrors(long seed) throws Exception {
    RandomGenerator random = new Random(seed);
    int checked = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder xml = new StringBuilder();
      for (NodeSchema top : CheckTrees.ROOT.children()) {
        if (top.name().getNamespace().toString().startsWith("urn:test:check")) {
          write(top, random, xml);
        }
      }
      ContainerNode config;
      try {
        config = CheckTrees.tree(xml.toString());
      } catch (RpcException e) {
        continue;
      }
      checked++;
      ValidatedConfig validated = VALIDATOR.validate(config);
      validated
          .errors()
          .forEach(error -> assertTrue(error.path().isPresent() && !error.message().isBlank()));
      // What validation leaves, it leaves again, and finds the same faults in.
      ValidatedConfig again = VALIDATOR.validate(validated.config());
      assertEquals(validated.config(), again.config(), xml.toString());
      assertEquals(validated.errors(), again.errors(), xml.toString());
      refused += validated.errors().isEmpty() ? 0 : 1;
    }
    assertTrue(checked > ROUNDS / 4, "too few documents could be read: " + checked);
    assertTrue(refused > 0, "no document was refused");
  }

  private static void write(NodeSchema node, RandomGenerator random, StringBuilder into) {
    int times = node.kind() == Kind.LIST || node.kind() == Kind.LEAF_LIST ? random.nextInt(4) : 1;
    for (int i = 0; i < times; i++) {
      if (random.nextInt(3) == 0 && !isKey(node)) {
        continue;
      }
      String name = node.name().getLocalName();
      into.append('<').append(name).append(" xmlns='").append(node.name().getNamespace());
      into.append("' xmlns:c='urn:test:check' xmlns:m='urn:test:check-more'>");
      if (isKey(node)) {
        into.append('h').append(random.nextInt(1 << 20));
      } else if (node.kind() == Kind.LEAF) {
        into.append(value(node, random));
      } else if (node.kind() == Kind.LEAF_LIST) {
        into.append(i);
      }
      for (NodeSchema child : node.children()) {
        if (child.choices().isEmpty() || random.nextInt(6) == 0) {
          write(child, random, into);
        }
      }
      into.append("</").append(name).append('>');
    }
  }

  private static boolean isKey(NodeSchema node) {
    return node.parent().filter(list -> list.keys().contains(node.name())).isPresent();
  }

  /// A value that the leaf's type accepts, if one of a few does.
  private static String value(NodeSchema leaf, RandomGenerator random) {
    List<String> taken =
        VALUES.stream()
            .filter(
                text -> {
                  try {
                    Object _ = leaf.codec().parse(text, PREFIXES::get);
                    return true;
                  } catch (InvalidValueException e) {
                    return false;
                  }
                })
            .toList();
    return taken.isEmpty() ? "" : taken.get(random.nextInt(taken.size()));
  }
}
