"""TLS and call home as other people's programs see them: OpenSSL makes the certificates and speaks
TLS (by Python's ssl), ncclient is called home.

transports.py PORT PASSWORD FOLDER      against the agent with SSH on PORT; FOLDER takes the keys
"""

import os
import re
import socket
import ssl
import subprocess
import sys
import time

from ncclient import manager

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
SERVER = "urn:chronoconf:yang:netconf-server"
MONITORING = "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"
HELLO = (f'<hello xmlns="{BASE}"><capabilities><capability>urn:ietf:params:netconf:base:1.1'
         "</capability></capabilities></hello>]]>]]>").encode()


def check(holds, what):
    if not holds:
        sys.exit("failed: " + what)
    print("ok: " + what)


class Certificates:
    def __init__(self, folder):
        self.folder = folder
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                     "-nodes", "-subj", "/CN=root", "-days", "2",
                     "-keyout", "root.key", "-out", "root.pem")

    def openssl(self, *arguments):
        return subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, text=True,
                              capture_output=True).stdout

    def make(self, name, subject, algorithm=("-newkey", "rsa:2048")):
        self.openssl("req", *algorithm, "-nodes", "-subj", subject,
                     "-keyout", name + ".key", "-out", name + ".csr")
        self.openssl("x509", "-req", "-in", name + ".csr", "-CA", "root.pem", "-CAkey",
                     "root.key", "-CAcreateserial", "-days", "2", "-out", name + ".pem")

    def text(self, name):
        with open(self.path(name), encoding="ascii") as file:
            return file.read()

    def path(self, name):
        return os.path.join(self.folder, name)

    def fingerprint(self, name):
        printed = self.openssl("x509", "-in", name, "-noout", "-fingerprint", "-sha256")
        return "04:" + printed.strip().partition("=")[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def login(port, password):
    return manager.connect(host="127.0.0.1", port=port, username="admin", password=password,
                           hostkey_verify=False, look_for_keys=False, allow_agent=False,
                           timeout=30)


def push(session, content):
    session.edit_config(
        target="candidate",
        config=f'<config xmlns="{BASE}"><netconf-server xmlns="{SERVER}" xmlns:nc="{BASE}" xmlns:x='
               f'"urn:ietf:params:xml:ns:yang:ietf-x509-cert-to-name">{content}</netconf-server>'
               "</config>")
    session.commit()


def receive(connection, end):
    got = b""
    while end not in got:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError("closed after " + repr(got))
        got += more
    return got


def trusting(certificates, version, name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = context.maximum_version = version
    context.check_hostname = False
    context.load_verify_locations(certificates.path("root.pem"))
    if name:
        context.load_cert_chain(certificates.path(name + ".pem"), certificates.path(name + ".key"))
    return context


def connect(port, context, session=None):
    raw = socket.create_connection(("127.0.0.1", port), timeout=30)
    return context.wrap_socket(raw, session=session)


def session(port, certificates, version, admin):
    context = trusting(certificates, version, "admin")
    with connect(port, context) as connection:
        number = re.search(b"<session-id>(\\d+)<", receive(connection, b"]]>]]>")).group(1)
        connection.sendall(HELLO)
        request = (f'<rpc xmlns="{BASE}" message-id="1"><get-config><source><running/></source>'
                   "</get-config></rpc>").encode()
        connection.sendall(b"\n#%d\n%s\n##\n" % (len(request), request))
        reply = receive(connection, b"\n##\n")
        check(b"netconf-server" in reply, f"a reply in chunks over {connection.version()}")
        check(b"PRIVATE KEY" not in reply, "no private key in it")
        sessions = admin.get(("subtree", f'<netconf-state xmlns="{MONITORING}"><sessions/>'
                                         "</netconf-state>")).data_xml
        mine = re.search(f"<session>(?:(?!</session>).)*<session-id>{number.decode()}<.*?</session>",
                         sessions, re.S).group(0)
        check("netconf-tls" in mine and "<username>admin<" in mine, "the session is the user's")
        request = f'<rpc xmlns="{BASE}" message-id="2"><close-session/></rpc>'.encode()
        connection.sendall(b"\n#%d\n%s\n##\n" % (len(request), request))
        check(b"<ok/>" in receive(connection, b"\n##\n"), "close-session")
        check(connection.recv(1) == b"", "an orderly end")
        ticket = connection.session
    with connect(port, context, ticket) as connection:
        check(connection.session_reused, "a handshake that resumes the first")
        check(b"<session-id>" in receive(connection, b"]]>]]>"), "its user is known")


def refused(port, certificates, version, name):
    try:
        with connect(port, trusting(certificates, version, name)) as connection:
            return connection.recv(1) == b""
    except (ssl.SSLError, ConnectionError):
        return True


def after_renegotiation(port, certificates):
    """What OpenSSL's client says when it has asked for a handshake in a session of TLS 1.2."""
    client = subprocess.Popen(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_2", "-legacy_renegotiation",
         "-cert", certificates.path("admin.pem"), "-key", certificates.path("admin.key")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        got = b""
        while b"]]>]]>" not in got:
            got += client.stdout.read1()
        client.stdin.write(b"R\n")
        client.stdin.flush()
        rest, _ = client.communicate(timeout=30)
        return rest
    finally:
        client.kill()
        client.wait()


def state(admin):
    return admin.get(("subtree", f'<netconf-server xmlns="{SERVER}"/>')).data_xml


def await_state(admin, text):
    end = time.monotonic() + 30
    while text not in state(admin):
        if time.monotonic() > end:
            sys.exit(f"no {text} in {state(admin)}")
        time.sleep(0.2)
    print("ok: state " + text)


def tls(admin, certificates):
    port = free_port()
    push(admin,
         f"<tls><server-certificate>{certificates.text('device.pem')}</server-certificate>"
         f"<private-key>{certificates.text('device.key')}</private-key>"
         f"<client-authority><name>root</name><certificate>{certificates.text('root.pem')}"
         "</certificate></client-authority><cert-maps><cert-to-name><id>1</id>"
         f"<fingerprint>{certificates.fingerprint('root.pem')}</fingerprint>"
         "<map-type>x:common-name</map-type></cert-to-name></cert-maps></tls>"
         "<listen><endpoint><name>t</name><transport>tls</transport><address>127.0.0.1</address>"
         f"<port>{port}</port></endpoint></listen>")
    await_state(admin, "<state>listening</state>")
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        session(port, certificates, version, admin)
        check(refused(port, certificates, version, None), "nobody without a certificate")
        check(refused(port, certificates, version, "nameless"), "nobody without a name")
    check(b"alert handshake failure" in after_renegotiation(port, certificates),
          "no renegotiation")


def call_home(admin, password):
    # ncclient's listener takes no port that was in use a moment ago: the second call goes elsewhere.
    ports = [free_port(), free_port()]
    endpoints = "".join(
        f"<endpoint><name>{port}</name><address>127.0.0.1</address><port>{port}</port></endpoint>"
        for port in ports)
    push(admin,
         f"<call-home><client><name>noc</name><transport>ssh</transport>{endpoints}"
         "<reconnect-strategy><max-wait>2</max-wait></reconnect-strategy></client></call-home>")
    await_state(admin, "refused</last-error>")
    for call, port in enumerate(ports, 1):
        with manager.call_home(host="127.0.0.1", port=port, username="admin", password=password,
                               hostkey_verify=False, look_for_keys=False, allow_agent=False,
                               timeout=30):
            await_state(admin, f"<connections>{call}</connections>")
            check(f":{port}</connected-to>" in state(admin), f"ncclient is called home, call {call}")
    push(admin, '<call-home nc:operation="delete"/>')
    check("<client>" not in state(admin), "nobody is called any more")


def main():
    port, password, folder = sys.argv[1:]
    certificates = Certificates(folder)
    certificates.make("device", "/CN=device", ("-newkey", "ed25519"))
    certificates.make("admin", "/CN=admin")
    certificates.make("nameless", "/O=nobody")
    with login(int(port), password) as admin:
        tls(admin, certificates)
        call_home(admin, password)


if __name__ == "__main__":
    main()
