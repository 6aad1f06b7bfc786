package io.chronoconf.datastore.tree;

import static io.chronoconf.datastore.testing.Trees.EMPTY;
import static io.chronoconf.datastore.testing.Trees.ROOT;
import static io.chronoconf.datastore.testing.Trees.TOP;
import static io.chronoconf.datastore.testing.Trees.cursor;
import static io.chronoconf.datastore.testing.Trees.name;
import static io.chronoconf.datastore.testing.Trees.top;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.error.RpcException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.common.Decimal64;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint8;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

class ConfigCursorTest {
  @Test
  void readsDefaultsWhereNothingIsConfigured() {
    ConfigCursor absent = cursor(EMPTY).container(name("absent")).orElseThrow();
    assertEquals(Optional.of("calm"), absent.leaf(name("mode"), String.class));
    assertEquals(Optional.of(name("red")), absent.leaf(name("hue"), QName.class));
    assertEquals(List.of("x", "y"), absent.leafList(name("tag"), String.class));
    assertFalse(absent.isExplicit(name("mode")));
  }

  @Test
  void readsWhatIsConfiguredOverTheDefault() throws RpcException {
    ContainerNode tree = top("<absent><mode>wild</mode><tag>z</tag></absent>");
    ConfigCursor absent = cursor(tree).container(name("absent")).orElseThrow();
    assertEquals(Optional.of("wild"), absent.leaf(name("mode"), String.class));
    assertEquals(List.of("z"), absent.leafList(name("tag"), String.class));
    assertTrue(absent.isExplicit(name("mode")));
  }

  @Test
  void seesPresenceOnlyIfConfigured() throws RpcException {
    assertEquals(Optional.empty(), cursor(EMPTY).container(name("present")));
    ConfigCursor present = cursor(top("<present/>")).container(name("present")).orElseThrow();
    assertEquals(Optional.of(Uint8.valueOf(7)), present.leaf(name("level"), Uint8.class));
  }

  @Test
  void givesDefaultsOfACaseOnlyWhileItIsInEffect() throws RpcException {
    Optional<Uint8> two = Optional.of(Uint8.valueOf(2));
    assertEquals(two, cursor(EMPTY).leaf(name("wings"), Uint8.class));
    assertEquals(two, cursor(top("<jet>j</jet>")).leaf(name("wings"), Uint8.class));
    assertEquals(Optional.empty(), cursor(top("<road>r</road>")).leaf(name("wings"), Uint8.class));
  }

  @Test
  void refusesNamesAndKindsThatTheSchemaDoesNotHave() {
    ConfigCursor top = cursor(EMPTY);
    assertThrows(IllegalArgumentException.class, () -> top.leaf(name("nonsense"), String.class));
    assertThrows(IllegalArgumentException.class, () -> top.list(name("types")));
  }

  @Test
  void buildsStateOutOfNamesAndValues() {
    ContainerNode built =
        StateBuilder.container(
            ROOT,
            TOP,
            top ->
                top.leaf(name("wings"), 3)
                    .leaf(name("jet"), Optional.of("j"))
                    .leaf(name("road"), Optional.empty())
                    .leafList(name("word"), List.of("b", "a"))
                    .container(
                        name("state"),
                        state ->
                            state
                                .entry(name("sample"), s -> s.leaf(name("value"), "1.50"))
                                .entry(name("sample"), s -> s.leaf(name("value"), "1.50"))));
    ConfigCursor top =
        cursor(
            ImmutableNodes.newContainerBuilder()
                .withNodeIdentifier(ROOT.id())
                .withChild(built)
                .build());
    assertEquals(Optional.of(Uint8.valueOf(3)), top.leaf(name("wings"), Uint8.class));
    assertEquals(Optional.of("j"), top.leaf(name("jet"), String.class));
    assertEquals(List.of("b", "a"), top.leafList(name("word"), String.class));
    List<ConfigCursor> samples = top.container(name("state")).orElseThrow().list(name("sample"));
    assertEquals(2, samples.size());
    assertEquals(
        Optional.of(Decimal64.valueOf("1.50").scaleTo(2)),
        samples.getFirst().leaf(name("value"), Decimal64.class));
  }

  @Test
  void refusesStateThatTheTypeDoesNotHave() {
    assertThrows(
        IllegalArgumentException.class,
        () -> StateBuilder.container(ROOT, TOP, top -> top.leaf(name("wings"), 300)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            StateBuilder.container(
                ROOT, TOP, top -> top.entry(name("person"), p -> p.leaf(name("age"), 3))));
  }
}
