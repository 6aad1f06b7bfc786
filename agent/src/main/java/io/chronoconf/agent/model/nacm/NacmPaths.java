package io.chronoconf.agent.model.nacm;

import io.chronoconf.agent.model.PathTable;

/// What of the schema access control stands for.
public final class NacmPaths {
  public static final PathTable TABLE =
      PathTable.of(
          "access control",
          """
          config /nacm:nacm/nacm:enable-nacm
                 /nacm:nacm/nacm:exec-default
                 /nacm:nacm/nacm:groups/nacm:group/nacm:name
                 /nacm:nacm/nacm:groups/nacm:group/nacm:user-name
                 /nacm:nacm/nacm:read-default
                 /nacm:nacm/nacm:rule-list/nacm:group
                 /nacm:nacm/nacm:rule-list/nacm:name
                 /nacm:nacm/nacm:rule-list/nacm:rule/nacm:access-operations
                 /nacm:nacm/nacm:rule-list/nacm:rule/nacm:action
                 /nacm:nacm/nacm:rule-list/nacm:rule/nacm:module-name
                 /nacm:nacm/nacm:rule-list/nacm:rule/nacm:name
                 /nacm:nacm/nacm:rule-list/nacm:rule/nacm:notification-name
                 /nacm:nacm/nacm:rule-list/nacm:rule/nacm:path
                 /nacm:nacm/nacm:rule-list/nacm:rule/nacm:rpc-name
                 /nacm:nacm/nacm:write-default
          stored /nacm:nacm/nacm:enable-external-groups
                 /nacm:nacm/nacm:rule-list/nacm:rule/nacm:comment
          state  /nacm:nacm/nacm:denied-data-writes
                 /nacm:nacm/nacm:denied-notifications
                 /nacm:nacm/nacm:denied-operations
          """);

  private NacmPaths() {}
}
