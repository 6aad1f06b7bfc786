package io.chronoconf.agent;

import com.ctc.wstx.stax.WstxInputFactory;
import io.chronoconf.datastore.edit.EditReader;
import io.chronoconf.datastore.edit.EditTree;
import io.chronoconf.datastore.error.RpcException;
import io.chronoconf.datastore.tree.NodeSchema;
import java.io.StringReader;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Configuration that the agent writes itself.
final class FirstConfig {
  private FirstConfig() {}

  /// Who may do what on a fresh agent (RFC 8341). The rule lists are asked in this order: password
  /// hashes and private keys stay hidden even from administrators until one of them permits himself
  /// to read them.
  private static final String POLICY =
      """
      <nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm"
            xmlns:nacm="urn:ietf:params:xml:ns:yang:ietf-netconf-acm"
            xmlns:sys="urn:ietf:params:xml:ns:yang:ietf-system"
            xmlns:ntp="urn:ietf:params:xml:ns:yang:ietf-ntp"
            xmlns:ccns="urn:chronoconf:yang:netconf-server">
        <groups>
          <group><name>administrators</name><user-name>admin</user-name></group>
          <group><name>operators</name></group>
          <group><name>readers</name></group>
        </groups>
        <rule-list>
          <name>secrets</name><group>*</group>
          <rule>
            <name>passwords</name>
            <path>/sys:system/sys:authentication/sys:user/sys:password</path>
            <access-operations>read</access-operations><action>deny</action>
          </rule>
          <rule>
            <name>ntp-keys</name>
            <path>/ntp:ntp/ntp:authentication/ntp:authentication-keys/ntp:key</path>
            <access-operations>read</access-operations><action>deny</action>
          </rule>
          <rule>
            <name>private-keys</name>
            <path>/ccns:netconf-server/ccns:tls/ccns:private-key</path>
            <access-operations>read</access-operations><action>deny</action>
          </rule>
        </rule-list>
        <rule-list>
          <name>administrators</name><group>administrators</group>
          <rule><name>everything</name><action>permit</action></rule>
        </rule-list>
        <rule-list>
          <name>operators</name><group>operators</group>
          <rule>
            <name>access-control</name><path>/nacm:nacm</path><action>deny</action>
          </rule>
          <rule>
            <name>users</name><path>/sys:system/sys:authentication</path><action>deny</action>
          </rule>
          <rule>
            <name>transports</name><path>/ccns:netconf-server</path>
            <access-operations>create update delete</access-operations><action>deny</action>
          </rule>
          <rule>
            <name>configuration</name><path>/</path>
            <access-operations>create read update delete</access-operations>
            <action>permit</action>
          </rule>
        </rule-list>
        <rule-list>
          <name>readers</name><group>readers</group>
          %s
        </rule-list>
      </nacm>
      """
          .formatted(denied("edit-config", "copy-config", "commit", "discard-changes", "lock"));

  /// What a fresh agent starts with: its administrator, who may do what, and the service on a port
  /// that needs no privilege.
  static EditTree of(NodeSchema root, Administrator administrator, int ntpPort)
      throws RpcException {
    return read(
        root,
        user(administrator)
            + POLICY
            + "<ntp xmlns=\"urn:ietf:params:xml:ns:yang:ietf-ntp\"><port>%d</port></ntp>"
                .formatted(ntpPort));
  }

  /// The administrator alone, in place of whatever he was.
  static EditTree ofAdministrator(NodeSchema root, Administrator administrator)
      throws RpcException {
    return read(root, user(administrator));
  }

  private static String denied(String... rpcs) {
    return Arrays.stream(rpcs)
        .map(
            rpc ->
                "<rule><name>%s</name><module-name>ietf-netconf</module-name><rpc-name>%s</rpc-name><action>deny</action></rule>"
                    .formatted(rpc, rpc))
        .collect(Collectors.joining());
  }

  private static String user(Administrator administrator) {
    return ("<system xmlns=\"urn:ietf:params:xml:ns:yang:ietf-system\"><authentication>"
            + "<user>%s</user></authentication></system>")
        .formatted(administrator.entry());
  }

  private static EditTree read(NodeSchema root, String content) throws RpcException {
    try {
      XMLStreamReader reader =
          new WstxInputFactory()
              .createXMLStreamReader(new StringReader("<config>" + content + "</config>"));
      reader.nextTag();
      return EditReader.read(root, reader);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("the agent's own XML is well-formed", e);
    }
  }
}
