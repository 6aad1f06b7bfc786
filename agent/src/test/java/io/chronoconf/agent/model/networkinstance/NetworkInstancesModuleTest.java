package io.chronoconf.agent.model.networkinstance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chronoconf.agent.model.Trees;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.module.ConfigChange;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

class NetworkInstancesModuleTest {
  private static String instance(String name, String more, String inVpn) {
    return "<network-instance><name>"
        + name
        + "</name>"
        + more
        + "<vpn-instance xmlns='urn:chronoconf:yang:vpn'>"
        + inVpn
        + "</vpn-instance></network-instance>";
  }

  private static ContainerNode config(String... instances) throws RpcException {
    return Trees.config(
        "<network-instances xmlns='urn:ietf:params:xml:ns:yang:ietf-network-instance'>"
            + String.join("", instances)
            + "</network-instances>");
  }

  private static void commit(String... instances) throws RpcException {
    new NetworkInstancesModule(Trees.ROOT)
        .prepare(new ConfigChange(Trees.config(""), config(instances)))
        .apply();
  }

  @Test
  void knowsWhatTheHostCallsThoseInUse() throws RpcException {
    ContainerNode config =
        config(
            instance("vpn1", "", ""),
            instance("vpn2", "<description>blue</description>", "<os-name>blue</os-name>"),
            instance("vpn3", "<enabled>false</enabled>", ""));
    assertEquals(
        Map.of("vpn1", "vpn1", "vpn2", "blue"), NetworkInstanceReader.osNames(Trees.ROOT, config));
    assertEquals(3, NetworkInstanceReader.read(Trees.ROOT, config).size());
    assertEquals(Map.of(), NetworkInstanceReader.osNames(Trees.ROOT, Trees.config("")));
  }

  @Test
  void refusesTwoNamesForOneInstanceOfTheHost() throws RpcException {
    String blue = instance("blue", "", "");
    RpcException refused =
        assertThrows(
            RpcException.class,
            () -> commit(blue, instance("vpn2", "", "<os-name>blue</os-name>")));
    assertEquals(Optional.of("same-instance"), refused.errors().getFirst().appTag());
    assertEquals(
        "The network instances blue and vpn2 are both blue of the host; give one of them another"
            + " os-name, or delete it.",
        refused.errors().getFirst().message());
    commit(blue, instance("vpn2", "<enabled>false</enabled>", "<os-name>blue</os-name>"));
  }
}
