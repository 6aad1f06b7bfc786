package io.chronoconf.agent.cli;

import io.chronoconf.agent.cli.BootstrapFile.AdministratorPart;
import io.chronoconf.agent.cli.BootstrapFile.ClockPart;
import io.chronoconf.agent.cli.BootstrapFile.LimitsPart;
import io.chronoconf.agent.cli.BootstrapFile.NetconfPart;
import io.chronoconf.agent.cli.BootstrapFile.NtpPart;
import java.nio.file.Path;
import java.util.List;

/// Sorts the leaves of a bootstrap file under their settings.
final class BootstrapSettings {
  private final Path file;
  private final Settings settings = new Settings();

  BootstrapSettings(Path file) {
    this.file = file;
  }

  Settings of(BootstrapFile content) throws UsageException {
    for (NetconfPart part : content.netconf()) {
      add(Setting.NETCONF_ADDRESS, part.address());
      add(Setting.NETCONF_PORT, part.port());
      add(Setting.RECOVERY_USER, part.recoveryUser());
      add(Setting.WRITABLE_RUNNING, part.writableRunning());
      add(Setting.STARTUP, part.startup());
      add(Setting.URL_FOLDER, part.urlFolder());
      add(Setting.URL_HTTPS, part.urlHttps());
      add(Setting.YANG_FOLDER, part.yangDir());
    }
    for (NtpPart part : content.ntp()) {
      add(Setting.NTP_ADDRESS, part.address());
      add(Setting.NTP_PORT, part.port());
      add(Setting.TRANSPORT, part.transport());
      add(Setting.HARDWARE_STAMPS, part.hardwareStamps());
      add(Setting.SERVER_THREADS, part.serverThreads());
      add(Setting.EXAMPLE_SERVER, part.exampleServer());
      add(Setting.EXAMPLE_SERVER_PORT, part.exampleServerPort());
    }
    for (ClockPart part : content.clock()) {
      add(Setting.CLOCK, part.kind());
      add(Setting.CLOCK_OFFSET, part.offset());
      add(Setting.CLOCK_FREQUENCY_ERROR, part.frequencyError());
      add(Setting.CLOCK_LOG, part.log());
    }
    add(Setting.STATE_FOLDER, content.stateFolder());
    for (AdministratorPart part : content.administrator()) {
      add(Setting.ADMIN_KEY, part.publicKeyFile());
    }
    for (LimitsPart part : content.limits()) {
      add(Setting.MAX_MESSAGE_BYTES, part.messageBytes());
      add(Setting.MAX_DEPTH, part.depth());
      add(Setting.MAX_ATTRIBUTES, part.attributes());
      add(Setting.MAX_TEXT, part.text());
      add(Setting.MAX_SESSIONS, part.sessions());
      add(Setting.LOGIN_SECONDS, part.loginSeconds());
      add(Setting.IDLE_SECONDS, part.idleSeconds());
      add(Setting.MAX_XPATH_STEPS, part.xpathSteps());
      add(Setting.MAX_SUBSCRIPTIONS, part.subscriptions());
    }
    add(Setting.LOG_LEVEL, content.logLevel());
    return settings;
  }

  private void add(Setting setting, List<Located> leaves) throws UsageException {
    String element = setting.element().substring(setting.element().lastIndexOf('/') + 1);
    for (Located leaf : leaves) {
      String place = BootstrapFile.place(file, leaf.line(), leaf.column());
      settings.add(setting, new Given(leaf.text(), "%s, <%s>".formatted(place, element)));
    }
  }
}
