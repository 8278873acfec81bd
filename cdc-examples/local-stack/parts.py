"""Starts and stops each server, and checks its health."""

import json
import os
import shutil
import subprocess
import sys
import urllib.error
from pathlib import Path

import access
import procs
import secure
import settings
from downloads import installed_home
from errors import StackError
from layout import META_SUB_PATH, port_is_free

MARKERS = {"etcd": "etcd", "pulsar": "standalone", "kafka": "kafka.Kafka", "source": "milvus", "target": "milvus"}
KEPT_LOGS = 5
# Milvus' own graceful stop takes minutes. The other servers close their files within seconds.
POLITE_SECONDS = {"etcd": 10, "pulsar": 20, "kafka": 10, "source": 0, "target": 0}


def pid_of(stack, part):
    return procs.recall(stack.pid_file(part))


def launch(stack, part):
    """Starts the server process. Its ports must be free, because Milvus otherwise silently uses other ports."""
    for name, port in stack.ports(part).items():
        if not port_is_free(port):
            raise StackError("%s cannot have its %s port %d, another program listens there: stop that program, "
                             "or run `down` and `up` to choose new ports" % (part, name, port))
    command, environment = _LAUNCHERS[part](stack)
    home = stack.home(part)
    home.mkdir(parents=True, exist_ok=True)
    process = procs.spawn(command, home, dict(os.environ, **environment), stack.output_log(part))
    procs.remember(stack.pid_file(part), process.pid, MARKERS[part])
    return process


def stop(stack, part, politely=False):
    if not procs.stop(stack.pid_file(part), POLITE_SECONDS[part] if politely else 0):
        raise StackError("%s does not die; look at pid %s with `ps`" % (part, pid_of(stack, part)))


# ---- starting -----------------------------------------------------------------

def _launch_etcd(stack):
    ports = stack.ports("etcd")
    client = "http://127.0.0.1:%d" % ports["client"]
    peer = "http://127.0.0.1:%d" % ports["peer"]
    options = []
    if secure.is_on(stack):
        client = "%s,%s" % (client, stack.facts["secure"]["etcd"])
        options = secure.etcd_options(stack)
    return [installed_home("etcd") / "etcd", "--name", "stack", "--data-dir", stack.home("etcd") / "data",
            "--listen-client-urls", client, "--advertise-client-urls", client,
            "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer, "--initial-cluster", "stack=" + peer,
            "--auto-compaction-mode", "revision", "--auto-compaction-retention", "1000",
            "--quota-backend-bytes", str(4 << 30), "--log-level", "warn", *options], {}


def _launch_pulsar(stack):
    require_java()
    home = stack.home("pulsar")
    settings.write_pulsar_config(stack, installed_home("pulsar"))
    command = [installed_home("pulsar") / "bin" / "pulsar", "standalone", "-nfw", "-nss", "-a", "127.0.0.1",
               "--metadata-dir", home / "data" / "metadata", "--bookkeeper-dir", home / "data" / "bookkeeper"]
    return command, {
        "PULSAR_STANDALONE_CONF": str(home / "standalone.conf"),
        "PULSAR_STANDALONE_USE_ZOOKEEPER": "0",
        "PULSAR_LOG_CONF": str(home / "log4j2.yaml"),
        "PULSAR_LOG_DIR": str(stack.logs_dir / "pulsar"),
        "PULSAR_LOG_FILE": "pulsar.log",
        "PULSAR_LOG_APPENDER": "RollingFile",
        "PULSAR_LOG_IMMEDIATE_FLUSH": "true",
        "PULSAR_LOG_LEVEL": "warn",
        "PULSAR_LOG_ROOT_LEVEL": "warn",
        "PULSAR_MEM": "-Xms256m -Xmx768m -XX:MaxDirectMemorySize=512m",
        # The default (ZGC with every page touched) needs twice the memory. The blank disables the gc log.
        "PULSAR_GC": "-XX:+UseG1GC -XX:+PerfDisableSharedMem",
        "PULSAR_GC_LOG": " ",
    }


def _launch_kafka(stack):
    home = stack.home("kafka")
    settings.write_kafka_config(stack)
    java = [require_java(), "-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true", "-cp", installed_home("kafka") / "*"]
    if not (home / "data" / "meta.properties").exists():
        _format_kafka(stack, java)
    return java + ["kafka.Kafka", home / "server.properties"], {}


def _format_kafka(stack, java):
    options = secure.kafka_format_options(stack) if secure.is_on(stack) else []
    command = java + ["kafka.tools.StorageTool", "format", "--cluster-id", "bG9jYWwtc3RhY2stMDAwMA",
                      "--config", stack.home("kafka") / "server.properties"] + options
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise StackError("Kafka's storage cannot be prepared: %s" % done.stdout.decode(errors="replace").strip()[-500:])


def _launch_milvus(stack, part):
    shipped = installed_home("milvus")
    settings.write_milvus_config(stack, part, shipped)
    if secure.is_on(stack):
        access.guard_etcd(stack)
        if part == "source" and stack.queue == "pulsar":
            access.guard_pulsar(stack)
    _revoke_dead_sessions(stack, part)
    for old_log in stack.own_logs(part)[:-KEPT_LOGS]:
        old_log.unlink()
    return [shipped / "bin" / "milvus", "run", "standalone"], {
        "LD_LIBRARY_PATH": str(shipped / "bin"),
        "DEPLOY_MODE": "STANDALONE",
        "METRICS_PORT": str(stack.ports(part)["metrics"]),
        "MILVUS_RUN_DIR": str(stack.home(part) / "run"),
    }


def _launch_target(stack):
    return _launch_milvus_lite(stack) if stack.has_lite_target else _launch_milvus(stack, "target")


def _launch_milvus_lite(stack):
    return [sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1",
            "--port", stack.ports("target")["proxy"], "--data-dir", stack.home("target") / "data"], {
        "PYTHONPATH": str(installed_home("milvus-lite")),
        "PYTHONUNBUFFERED": "1",
    }


def _revoke_dead_sessions(stack, part):
    """Ends the leases of a killed Milvus. Its sessions otherwise exist until their lease ends (30 s), and delay its
    successor.

    The process is known to be dead, so this is safe. A short common.session.ttl would also help, but then a living
    Milvus exits if the machine is busy.
    """
    prefix = "%s/%s/session/" % (stack.facts[part]["rootPath"], META_SUB_PATH)
    found = access.etcd_call(stack, "kv/range", access.prefix_range(prefix))
    for lease in {kv["lease"] for kv in found.get("kvs", []) if kv.get("lease")}:
        try:
            access.etcd_call(stack, "lease/revoke", {"ID": lease})
        except urllib.error.HTTPError:
            pass  # it has expired in the meantime


_LAUNCHERS = {
    "etcd": _launch_etcd,
    "pulsar": _launch_pulsar,
    "kafka": _launch_kafka,
    "source": lambda stack: _launch_milvus(stack, "source"),
    "target": _launch_target,
}


def require_java():
    """Returns the command that runs Java."""
    java = Path(os.environ["JAVA_HOME"]) / "bin" / "java" if os.environ.get("JAVA_HOME") else shutil.which("java")
    cure = "install Java 17 or later and put it on the PATH, or set JAVA_HOME"
    try:
        told = subprocess.run([str(java), "-version"], stderr=subprocess.PIPE, check=True).stderr.decode()
    except (OSError, subprocess.CalledProcessError):
        raise StackError("the queue needs Java: " + cure) from None
    version = told.partition('version "')[2].split('"')[0].split(".")[0].split("-")[0]
    if not version.isdigit() or int(version) < 17:
        raise StackError("the queue needs Java 17, this is %s: %s" % (version or "unknown", cure))
    return java


# ---- health ---------------------------------------------------------------------

def is_healthy(stack, part):
    """Returns whether the part's own process answers correctly. Fast enough to be called every second."""
    pid = pid_of(stack, part)
    try:
        return bool(pid) and _PROBES[part](stack) and misplaced_port(stack, part, pid) is None
    except (OSError, ValueError):
        return False


def misplaced_port(stack, part, pid):
    """Returns the service port on which this process does not listen although it should."""
    service = {"etcd": "client", stack.queue: "broker"}.get(part, "proxy")
    port = stack.ports(part)[service]
    return None if port in procs.listening_ports(pid) else port


def _probe_etcd(stack):
    return json.loads(access.get(stack.facts["etcd"] + "/health"))["health"] == "true"


def _probe_pulsar(stack):
    # The broker answers before standalone has created the namespace that Milvus uses.
    return ("ok" in access.pulsar_get(stack, "/brokers/ready")
            and "public/default" in json.loads(access.pulsar_get(stack, "/namespaces/public")))


def _probe_milvus(stack, part):
    return "OK" in access.get(stack.facts[part]["healthz"])


_PROBES = {
    "etcd": _probe_etcd,
    "pulsar": _probe_pulsar,
    "kafka": access.kafka_answers,
    "source": lambda stack: _probe_milvus(stack, "source"),
    # A Milvus Lite has no health page. Whether it listens is checked for every part.
    "target": lambda stack: stack.has_lite_target or _probe_milvus(stack, "target"),
}


def states(stack):
    """Returns the state that `status` reports for every part."""
    wanted = stack.wanted()
    report = {}
    for part in stack.parts:
        pid = pid_of(stack, part)
        healthy = is_healthy(stack, part)
        state = "healthy" if healthy else "unhealthy" if pid else "dead" if wanted.get(part) else "stopped"
        report[part] = {"state": state, "pid": pid, "rssMb": procs.rss_mb(pid) if pid else 0}
        problem = stack.problem(part)
        if problem and not healthy:
            report[part]["problem"] = problem["message"]
    return report


def missing_needs(stack, part):
    """Returns the parts that this part needs and that are not wanted."""
    wanted = stack.wanted()
    return [need for need in stack.needs(part) if not wanted.get(need)]


def ports_free(stack):
    return all(port_is_free(port) for part in stack.parts for port in stack.ports(part).values())
