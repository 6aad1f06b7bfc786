package io.chronoconf.datastore.validate;

import static io.chronoconf.datastore.testing.CheckTrees.host;
import static io.chronoconf.datastore.testing.CheckTrees.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chronoconf.datastore.error.ErrorTag;
import io.chronoconf.datastore.error.RpcError;
import io.chronoconf.datastore.testing.CheckTrees;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// What validation costs, in steps: time differs from run to run, steps do not.
class ValidationCostTest {
  private static final String TOP =
      "<top xmlns='urn:test:check'><must-be>x</must-be></top>"
          + "<facts xmlns='urn:test:check'><bag>1</bag><bag>2</bag></facts>";

  @Test
  void takesALinearNumberOfStepsForEachEntry() throws Exception {
    assertEquals(List.of(), errors(60 * 1000, hosts(1000)));
    assertEquals(List.of(), errors(60 * 2000, hosts(2000)));
    assertEquals(ErrorTag.RESOURCE_DENIED, errors(4 * 1000, hosts(1000)).getFirst().tag());
  }

  @Test
  void findsTheTargetsOfManyReferencesAtOnce() throws Exception {
    String hosts =
        IntStream.range(0, 2000)
            .mapToObj(
                i ->
                    host(
                        "h" + i,
                        "<address>a"
                            + i
                            + "</address><uplink>h"
                            + (i * 7) % 2000
                            + "</uplink><pointer xmlns:c='urn:test:check'>/c:host[c:name='h"
                            + (i * 3) % 2000
                            + "']/c:port</pointer>"))
            .collect(Collectors.joining());
    assertEquals(List.of(), errors(50 * 2000, tree(TOP + hosts)));
  }

  @Test
  void saysSoWhenItGivesUp() throws Exception {
    List<RpcError> errors = errors(500, hosts(1000));
    assertEquals(1, errors.size(), errors.toString());
    assertEquals(ErrorTag.RESOURCE_DENIED, errors.getFirst().tag());
    assertEquals(
        "This configuration is too large to check: it takes more than 500 steps; make it more"
            + " specific.",
        errors.getFirst().message());
  }

  @Test
  void collectsALimitedNumberOfErrors() throws Exception {
    String hosts =
        IntStream.range(0, 300)
            .mapToObj(i -> host("h" + i, "<address>same</address><uplink>none</uplink>"))
            .collect(Collectors.joining());
    List<RpcError> errors = errors(1_000_000, tree(TOP + hosts));
    assertEquals(ConfigValidator.MAX_ERRORS, errors.size());
    assertTrue(
        errors.stream().allMatch(error -> error.appTag().orElse("").equals("data-not-unique")));
  }

  private static List<RpcError> errors(long steps, ContainerNode config) {
    return new ConfigValidator(CheckTrees.SCHEMA.context(), steps).validate(config).errors();
  }

  /// Entries with a condition on their existence, one on their content, a default and a `unique`.
  private static ContainerNode hosts(int count) throws Exception {
    String entries =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    host(
                        "h" + i,
                        "<address>a"
                            + i
                            + "</address><from-more xmlns='urn:test:check-more'>x</from-more>"))
            .collect(Collectors.joining());
    return tree(TOP + entries);
  }
}
