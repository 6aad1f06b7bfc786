package io.chronoconf.datastore.validate;

import static io.chronoconf.datastore.testing.CheckTrees.host;
import static io.chronoconf.datastore.testing.CheckTrees.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.testing.CheckTrees;
import io.chronoconf.datastore.tree.NodeSchema;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.RpcDefinition;

/// What modules demand of the input of an rpc (RFC 7950 section 7.14.2).
class InputValidatorTest {
  private static final String DATA =
      host("a", "") + "<more xmlns='urn:test:check-more'><level>2</level></more>";

  private static RpcDefinition rpc(String name) {
    return CheckTrees.SCHEMA.context().getOperations().stream()
        .filter(rpc -> rpc.getQName().getLocalName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ContainerNode input(RpcDefinition rpc, String parameters) throws Exception {
    NodeSchema input = NodeSchema.inputOf(CheckTrees.SCHEMA.context(), rpc);
    return tree(
        input, parameters.replaceAll("<([a-z-]+)(/?)>", "<$1 xmlns='urn:test:check-more'$2>"));
  }

  private static List<RpcError> errors(String parameters) throws Exception {
    RpcDefinition rpc = rpc("call");
    ContainerNode data = tree(DATA);
    try {
      new InputValidator(CheckTrees.ROOT, rpc).validate(input(rpc, parameters), () -> data);
      return List.of();
    } catch (RpcException e) {
      return e.errors();
    }
  }

  private static String told(RpcError error) {
    return error.tag().wire()
        + " "
        + error.appTag().orElse("-")
        + " "
        + error.path().orElseThrow().xpath()
        + " "
        + error.info().stream().map(RpcError.Info::value).collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<host>a</host>",
        "<loud/><only-loud/>",
        "<stop><name>a</name><place>p</place></stop><stop><name>b</name></stop>",
      })
  void acceptsWhatTheModuleAsksFor(String more) throws Exception {
    assertEquals(List.of(), errors("<what>x</what><pair>1</pair><pair>2</pair><by-air/>" + more));
  }

  @Test
  void looksAtTheInputAndAtTheDevice() throws Exception {
    assertEquals(
        List.of(), errors("<what>deep</what><in-range/><pair>1</pair><pair>2</pair><by-air/>"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<pair>1</pair><pair>2</pair><by-air/>; missing-element - /m:call/m:what what",
        "<what>nothing</what><pair>1</pair><pair>2</pair><by-air/>;"
            + " operation-failed too-little /m:call/m:what ''",
        "<what>x</what><pair>1</pair><by-air/>;"
            + " operation-failed too-few-elements /m:call/m:pair ''",
        "<what>x</what><pair>1</pair><pair>2</pair><pair>3</pair><pair>4</pair><by-air/>;"
            + " operation-failed too-many-elements /m:call/m:pair ''",
        "<what>x</what><pair>1</pair><pair>2</pair>;" + " data-missing missing-choice /m:call way",
        "<what>x</what><pair>1</pair><pair>2</pair><by-land><colour>red</colour></by-land>;"
            + " missing-element - /m:call/m:by-land/m:wheels wheels",
        "<what>x</what><pair>1</pair><pair>2</pair><by-air/><host>b</host>;"
            + " data-missing instance-required /m:call/m:host ''",
        "<what>x</what><pair>1</pair><pair>2</pair><by-air/><only-loud/>;"
            + " unknown-element - /m:call/m:only-loud only-loud",
        "<what>x</what><pair>1</pair><pair>2</pair><by-air/><in-range/>;"
            + " operation-failed must-violation /m:call/m:in-range ''",
        "<what>more</what><pair>1</pair><pair>2</pair><by-air/>;"
            + " missing-element - /m:call/m:added added",
        "<what>x</what><pair>1</pair><pair>2</pair><by-air/><added>x</added>;"
            + " unknown-element - /m:call/m:added added",
      })
  void refusesWhatTheModuleDoesNotAllow(String parameters, String expected) throws Exception {
    List<RpcError> errors = errors(parameters);
    assertEquals(1, errors.size(), errors.toString());
    assertEquals(expected.replace("''", ""), told(errors.getFirst()));
  }

  @Test
  void refusesEntriesThatAreAlike() throws Exception {
    List<RpcError> errors =
        errors(
            "<what>x</what><pair>1</pair><pair>2</pair><by-air/><stop><name>a</name><place>p</place>"
                + "</stop><stop><name>b</name><place>p</place></stop>");
    assertEquals(
        List.of("operation-failed data-not-unique"),
        errors.stream().map(e -> e.tag().wire() + " " + e.appTag().orElse("-")).toList());
  }

  @Test
  void doesNotReadTheDeviceForNothing() throws Exception {
    RpcDefinition free = rpc("call-freely");
    new InputValidator(CheckTrees.ROOT, free)
        .validate(input(free, "<what>x</what>"), () -> fail("nobody looks at it"));
  }
}
