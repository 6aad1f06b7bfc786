"""Times what a NETCONF client sees of the packaged agent; `bench netconf` runs it.

Starts the agent on free ports with a state folder of its own, warms it up, and prints one line:
session_ms=... edit_commit_ms=... edit_ms=... commit_ms=... (medians), then the 99th percentiles.
session: TCP connect to the server's hello. edit, commit: one association into an empty base.
"""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import paramiko

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
NTP = "urn:ietf:params:xml:ns:yang:ietf-ntp"
HELLO = (f'<hello xmlns="{BASE}"><capabilities>'
         "<capability>urn:ietf:params:netconf:base:1.1</capability>"
         "</capabilities></hello>]]>]]>").encode()
START_LIMIT_SECONDS = 60


class Session:
    """A NETCONF 1.1 session that reads whole messages."""

    def __init__(self, port, user, password):
        connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.transport = paramiko.Transport(connection)
        self.transport.start_client(timeout=30)
        self.transport.auth_password(user, password)
        self.channel = self.transport.open_session()
        self.channel.invoke_subsystem("netconf")
        self.channel.settimeout(30)
        self.channel.sendall(HELLO)
        self.buffer = b""
        self.until(b"]]>]]>")

    def until(self, end):
        while end not in self.buffer:
            received = self.channel.recv(1 << 20)
            if not received:
                raise RuntimeError("the agent closed the session")
            self.buffer += received
        message, _, self.buffer = self.buffer.partition(end)
        return message

    def rpc(self, body):
        message = f'<rpc xmlns="{BASE}" message-id="1">{body}</rpc>'.encode()
        self.channel.sendall(b"\n#%d\n%s\n##\n" % (len(message), message))
        reply = self.until(b"\n##\n")
        if b"<ok" not in reply:
            raise RuntimeError(reply.decode())

    def close(self):
        self.transport.close()


def edit(operation, number):
    entry = (f'<unicast-configuration xmlns:nc="{BASE}" nc:operation="{operation}">'
             f"<address>10.0.{number // 250}.{number % 250 + 1}</address>"
             "<type>ntp:uc-server</type></unicast-configuration>")
    return ("<edit-config><target><candidate/></target><config>"
            f'<ntp xmlns="{NTP}" xmlns:ntp="{NTP}">{entry}</ntp></config></edit-config>')


def timed(action):
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1e3


def start(agent, folder):
    log = open(os.path.join(folder, "agent.log"), "w+")
    process = subprocess.Popen(
        [agent, "run", "--state", os.path.join(folder, "state"), "--netconf-port", "0",
         "--ntp-port", "11323"], stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    end = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < end and process.poll() is None:
        printed = open(log.name).read()
        password = re.search(r"(?m)password:?\s+(\S+)\s*$", printed)
        port = re.search(r"127\.0\.0\.1[: ](?:port )?(\d+)", printed)
        if password and port:
            return process, int(port.group(1)), password.group(1)
        time.sleep(0.05)
    process.kill()
    raise RuntimeError("the agent did not start:\n" + open(log.name).read())


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, round(part * (len(values) - 1)))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agent", required=True, help="the packaged agent's launcher")
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process, port, password = start(options.agent, folder)
        try:
            for _ in range(10):
                Session(port, "admin", password).close()
            sessions = []
            for _ in range(30):
                opened = []
                sessions.append(timed(lambda: opened.append(Session(port, "admin", password))))
                opened[0].close()
            session = Session(port, "admin", password)
            edits, commits = [], []
            for number in range(2 * options.rounds):
                edits.append(timed(lambda: session.rpc(edit("create", number))))
                commits.append(timed(lambda: session.rpc("<commit/>")))
                session.rpc(edit("delete", number))
                session.rpc("<commit/>")
            edits, commits = edits[options.rounds:], commits[options.rounds:]
            both = [e + c for e, c in zip(edits, commits)]
            session.close()
        finally:
            process.terminate()
            process.wait(20)
    print("p99: " + " ".join(
        f"{name}={percentile(values, 0.99):.1f}" for name, values in
        [("session_ms", sessions), ("edit_commit_ms", both)]))
    print(" ".join(f"{name}={statistics.median(values):.2f}" for name, values in [
        ("session_ms", sessions), ("edit_commit_ms", both), ("edit_ms", edits),
        ("commit_ms", commits)]))
    return 0


sys.exit(main())
