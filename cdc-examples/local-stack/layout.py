"""Defines the directories, the ports, and the content of stack.json."""

import fcntl
import json
import os
import socket
from contextlib import contextmanager
from pathlib import Path

from errors import StackError

QUEUES = ("pulsar", "kafka")
# The parts of all stacks. A stack has one of the queues.
ALL_PARTS = ("etcd",) + QUEUES + ("source", "target")
DEFAULT_DML_CHANNELS = 16
META_SUB_PATH = "meta"

# The first port of each list is the usual port. All are below the range
# from which Linux assigns ports to outgoing connections.
_MILVUS_INTERNAL = ("internal", "rootcoord", "querycoord", "querynode",
                    "indexnode", "datacoord", "datanode")
_PREFERRED_PORTS = {
    "etcd": {"client": 2379, "peer": 2380},
    "pulsar": {"broker": 6650, "web": 8080},
    "kafka": {"broker": 9092, "controller": 9093},
    "source": dict({"proxy": 19530, "metrics": 9091},
                   **{name: 20110 + i for i, name in enumerate(_MILVUS_INTERNAL)}),
    "target": dict({"proxy": 19630, "metrics": 9191},
                   **{name: 20210 + i for i, name in enumerate(_MILVUS_INTERNAL)}),
}
# Listeners of a secure stack beside the plain listeners.
_PREFERRED_TLS_PORTS = {"etcd": {"tls": 2381}, "pulsar": {"tls": 6651}, "kafka": {"tls": 9094}}
# Ports of other stacks are far from those of the ordinary stack, which may be down temporarily and needs its own again.
_SECURE_SHIFT = 1000
_KAFKA_SHIFT = 2000
_NAMED_SHIFT = 4000
_LAST_SCANNED_PORT = 32000


def cache_base():
    configured = os.environ.get("MILVUS_CDC_CACHE")
    return Path(configured).expanduser().resolve() if configured else Path.home() / ".cache" / "milvus-cdc"


def write_atomically(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name("%s.%d.tmp" % (path.name, os.getpid()))
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


def read_json(path, default=None):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return default


def write_json(path, value):
    write_atomically(path, json.dumps(value, indent=2) + "\n")


def port_is_free(port):
    """Returns whether a port is free on all addresses, because Milvus listens on all of them."""
    for address in ("0.0.0.0", "127.0.0.1"):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            # Without this, connections in TIME_WAIT look like a listener.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                return False
    return True


def choose_ports(parts, secure, named):
    """Chooses a port for every listener: the preferred port, or the next free port."""
    shift = (_SECURE_SHIFT * secure) + (_KAFKA_SHIFT * ("kafka" in parts)) + (_NAMED_SHIFT * named)
    taken = set()

    def choose(preferred):
        for port in range(preferred, _LAST_SCANNED_PORT):
            if port not in taken and port_is_free(port):
                taken.add(port)
                return port
        raise StackError("no free port from %d up; stop some servers and run `up` again" % preferred)

    return {part: {name: choose(port + shift)
                   for name, port in dict(wishes, **(_PREFERRED_TLS_PORTS.get(part, {}) if secure else {})).items()}
            for part, wishes in _PREFERRED_PORTS.items() if part in parts}


class Stack:
    """Represents a state directory: its paths, its recorded choices and its small files."""

    def __init__(self, directory=None, secure=False, queue="pulsar", name=None):
        prefixes = [prefix for prefix in (name, secure and "secure", queue == "kafka" and "kafka") if prefix]
        usual = cache_base() / "-".join(prefixes + ["stack"])
        self.dir = Path(directory).expanduser().resolve() if directory else usual
        self.run_dir = self.dir / "run"
        self.logs_dir = self.dir / "logs"
        self.json_path = self.dir / "stack.json"
        self.queue = self.facts.get("queue", "pulsar") if self.exists else queue
        self.parts = ("etcd", self.queue, "source", "target")

    def needs(self, part):
        """Returns the parts that this part needs."""
        return {"source": ("etcd", self.queue), "target": () if self.has_lite_target else ("etcd",)}.get(part, ())

    @property
    def has_lite_target(self):
        return self.exists and self.facts.get("targetLite", False)

    # ---- recorded choices -------------------------------------------------

    @property
    def exists(self):
        return self.json_path.exists()

    @property
    def facts(self):
        facts = read_json(self.json_path)
        if not facts:
            raise StackError("no stack in %s; create one with `stack.py up`" % self.dir)
        return facts

    def ports(self, part):
        return self.facts["ports"][part]

    def write_facts(self, ports, dml_channels, secure=None, target_writable=False, target_lite=False):
        def address(part, port):
            return "127.0.0.1:%d" % ports[part][port]

        def milvus(part, root, scheme="http"):
            return {
                "uri": "%s://%s" % (scheme, address(part, "proxy")),
                "rootPath": root,
                "metaSubPath": META_SUB_PATH,
                "channelPrefix": "%s-rootcoord-dml" % root,
                "replicateMsgChannel": "%s-replicate-msg" % root,
                "dmlChannels": dml_channels[part],
                "healthz": "http://%s/healthz" % address(part, "metrics"),
                "storage": str(self.home(part) / "data"),
            }

        facts = {
            "queue": self.queue,
            "etcd": "http://" + address("etcd", "client"),
            **({"kafka": address("kafka", "broker")} if self.queue == "kafka" else {
                "pulsar": "pulsar://" + address("pulsar", "broker"),
                "pulsarAdmin": "http://" + address("pulsar", "web"),
                "pulsarNamespace": "milvus/source" if secure else "public/default",
            }),
            "source": milvus("source", "src"),
            "target": milvus("target", "dst", "https" if secure else "http"),
            "ports": ports,
            **({"targetWritable": True} if target_writable else {}),
            **({"targetLite": True} if target_lite else {}),
        }
        write_json(self.json_path, dict(facts, secure=secure) if secure else facts)

    # ---- files of one part ------------------------------------------------

    def home(self, part):
        return self.dir / part

    def pid_file(self, part):
        return self.run_dir / (part + ".pid.json")

    def output_log(self, part):
        return self.logs_dir / (part + ".out.log")

    def main_log(self, part):
        written = [log for log in self.own_logs(part) if log.stat().st_size]
        return written[-1] if written else self.output_log(part)

    def own_logs(self, part):
        """Returns the logs that the server writes itself, oldest first. Milvus creates a new file at every start."""
        return sorted((self.logs_dir / part).glob("*.log"), key=lambda log: log.stat().st_mtime)

    # ---- the wanted state, read by the supervisor ------------------------

    @contextmanager
    def locked(self):
        """Locks, so that two processes never read the wanted state and act on it at the same time."""
        self.run_dir.mkdir(parents=True, exist_ok=True)
        with open(self.run_dir / "lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def wanted(self):
        return read_json(self.run_dir / "wanted.json", {})

    def want(self, parts, up):
        wanted = self.wanted()
        wanted.update({part: up for part in parts})
        write_json(self.run_dir / "wanted.json", wanted)

    # ---- why a part does not start, written by the supervisor ------------

    def _problem_file(self, part):
        return self.run_dir / (part + ".problem.json")

    def problem(self, part):
        return read_json(self._problem_file(part))

    def report_problem(self, part, message, deaths):
        write_json(self._problem_file(part), {"message": message, "deaths": deaths})

    def clear_problem(self, part):
        try:
            self._problem_file(part).unlink()
        except FileNotFoundError:
            pass
