"""Writes the configuration files of the queue and of both Milvus, based on the files that they include, if any."""

import json
import re

import secure
from layout import META_SUB_PATH, write_atomically

_SECTION = re.compile(r"^( *)([A-Za-z]\w*):")
_PLACEHOLDER = re.compile(r"\{\{[^:}]*(?::(.*?))?\}\}")


def write_milvus_config(stack, part, shipped_home):
    home = stack.home(part)
    template = (shipped_home / "config.yaml.template").read_text(encoding="utf-8")
    plain = _PLACEHOLDER.sub(lambda match: (match.group(1) or "").strip(), template)
    overrides = _milvus_overrides(stack, part)
    write_atomically(home / "configs" / "milvus.yaml", override_yaml(plain, overrides))
    write_atomically(home / "configs" / "glog.conf", (shipped_home / "glog.conf").read_text(encoding="utf-8"))
    for folder in ("logs", "run", "data"):
        (home / folder).mkdir(parents=True, exist_ok=True)


def _milvus_overrides(stack, part):
    facts, ports, home = stack.facts, stack.ports(part), stack.home(part)
    settings = {
        "etcd.endpoints": "127.0.0.1:%d" % facts["ports"]["etcd"]["client"],
        "etcd.rootPath": facts[part]["rootPath"],
        "etcd.metaSubPath": META_SUB_PATH,
        "etcd.log.level": "warn",
        "etcd.use.embed": False,
        "localStorage.path": str(home / "data"),
        "rocksmq.path": str(home / "rocksmq"),
        "common.storageType": "local",
        "common.chanNamePrefix.cluster": facts[part]["rootPath"],
        "rootCoord.dmlChannelNum": facts[part]["dmlChannels"],
        "proxy.port": ports["proxy"],
        "proxy.internalPort": ports["internal"],
        "indexCoord.bindIndexNodeMode.address": "127.0.0.1:%d" % ports["indexnode"],
        "log.level": "warn",
        "log.file.rootPath": str(stack.logs_dir / part),
        "log.file.maxSize": 20,
        "log.file.maxBackups": 3,
        "log.stdout": False,
    }
    for role in ("rootCoord", "queryCoord", "queryNode", "indexNode", "dataCoord", "dataNode"):
        settings[role + ".port"] = ports[role.lower()]
    for role in ("rootCoord", "proxy", "queryCoord", "queryNode", "indexNode", "dataCoord", "dataNode"):
        settings[role + ".ip"] = "127.0.0.1"
    settings.update(_SOURCE_QUEUES[stack.queue](facts) if part == "source" else _target_queue(facts))
    if secure.is_on(stack):
        settings.update(secure.milvus_settings(stack, part))
    return settings


def _pulsar(facts):
    tenant, _, namespace = facts["pulsarNamespace"].partition("/")
    return {
        "mq.type": "pulsar",
        "pulsar.address": "127.0.0.1",
        "pulsar.port": facts["ports"]["pulsar"]["broker"],
        "pulsar.webport": facts["ports"]["pulsar"]["web"],
        "pulsar.tenant": tenant,
        "pulsar.namespace": namespace,
    }


def _kafka(facts):
    # Without the remaining settings it would log in and use TLS.
    return {
        "mq.type": "kafka",
        "kafka.brokerList": facts["kafka"],
        "kafka.saslUsername": "",
        "kafka.saslPassword": "",
        "kafka.saslMechanisms": "",
        "kafka.securityProtocol": "",
    }


_SOURCE_QUEUES = {"pulsar": _pulsar, "kafka": _kafka}


def _target_queue(facts):
    # It creates no time ticks of its own: as a replica it uses the ticks that CDC sends.
    return {"mq.type": "rocksmq", "mq.enablePursuitMode": False,
            "common.ttMsgEnabled": facts.get("targetWritable", False)}


def override_yaml(text, overrides):
    """Sets dotted keys in a plain block YAML, and retains the rest. Unknown keys are added to their section, which is
    created if it is missing."""
    pending = dict(overrides)
    lines, path = [], []
    for line in text.splitlines():
        match = _SECTION.match(line)
        if match:
            indent, name = len(match.group(1)), match.group(2)
            path = [step for step in path if step[0] < indent] + [(indent, name)]
            key = ".".join(step[1] for step in path)
            if key in pending:
                line = "%s%s: %s" % (match.group(1), name, json.dumps(pending.pop(key)))
            lines.append(line)
            for new in [new for new in pending if new.rpartition(".")[0] == key and new not in _keys(text)]:
                lines.append("%s  %s: %s" % (match.group(1), new.rpartition(".")[2], json.dumps(pending.pop(new))))
        else:
            lines.append(line)
    for section in sorted({key.rpartition(".")[0] for key in pending}):
        if not section or "." in section:
            raise ValueError("no place in the template for %s" % ", ".join(sorted(pending)))
        lines.append("%s:" % section)
        lines += ["  %s: %s" % (key.rpartition(".")[2], json.dumps(value))
                  for key, value in pending.items() if key.rpartition(".")[0] == section]
    return "\n".join(lines) + "\n"


def _keys(text):
    keys, path = set(), []
    for match in filter(None, map(_SECTION.match, text.splitlines())):
        path = [step for step in path if step[0] < len(match.group(1))] + [(len(match.group(1)), match.group(2))]
        keys.add(".".join(step[1] for step in path))
    return keys


def write_pulsar_config(stack, shipped_home):
    ports, home = stack.ports("pulsar"), stack.home("pulsar")
    standalone = (shipped_home / "conf" / "standalone.conf").read_text(encoding="utf-8")
    write_atomically(home / "standalone.conf", override_properties(standalone, dict({
        "brokerServicePort": ports["broker"],
        "webServicePort": ports["web"],
        "bindAddress": "127.0.0.1",
        "listeningInterface": "lo",  # the bookie; it uses a random port regardless of its settings
        "webSocketServiceEnabled": "false",
        # As in Milvus' Helm chart: without retention Pulsar deletes messages that Milvus has consumed,
        # and CDC could not start from an earlier position.
        "defaultRetentionTimeInMinutes": 10080,
        "defaultRetentionSizeInMB": -1,
        # A killed Milvus leaves subscriptions and idle topics. Neither may block or disappear in a test.
        "backlogQuotaDefaultLimitGB": -1,
        # Tests set a quota of their own, and should not wait a minute for it.
        "backlogQuotaCheckIntervalInSeconds": 5,
        "brokerDeleteInactiveTopicsEnabled": "false",
    }, **(secure.pulsar_settings(stack) if secure.is_on(stack) else {}))))
    log4j = (shipped_home / "conf" / "log4j2.yaml").read_text(encoding="utf-8")
    write_atomically(home / "log4j2.yaml", log4j.replace("size: 1 GB", "size: 20 MB"))


def write_kafka_config(stack):
    """Writes the configuration of one broker that is its own controller."""
    ports, home = stack.ports("kafka"), stack.home("kafka")
    listeners = {"PLAINTEXT": ports["broker"], "CONTROLLER": ports["controller"]}
    protocols = {"PLAINTEXT": "PLAINTEXT", "CONTROLLER": "PLAINTEXT"}
    if secure.is_on(stack):
        listeners["SASL_SSL"] = ports["tls"]
        protocols["SASL_SSL"] = "SASL_SSL"

    def addresses(names):
        return ",".join("%s://127.0.0.1:%d" % (name, listeners[name]) for name in names)

    write_atomically(home / "server.properties", override_properties("", dict({
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": "1@127.0.0.1:%d" % ports["controller"],
        "controller.listener.names": "CONTROLLER",
        "listeners": addresses(listeners),
        "advertised.listeners": addresses(name for name in listeners if name != "CONTROLLER"),
        "listener.security.protocol.map": ",".join("%s:%s" % item for item in protocols.items()),
        "log.dirs": home / "data",
        # A common setting: topics that Milvus creates by writing have three partitions, of which it uses the first.
        "num.partitions": 3,
        "offsets.topic.num.partitions": 1,
        "offsets.topic.replication.factor": 1,
        # The first transaction waits for all of these partitions. The default is 50.
        "transaction.state.log.num.partitions": 1,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0,
        "log.retention.hours": 168,
        # Milvus' producer sends batches of up to 10 MB. The broker's default is 1 MB.
        "message.max.bytes": 10485760,
        # The cleaner's default is a third of our heap.
        "log.cleaner.dedupe.buffer.size": 4 << 20,
    }, **(secure.kafka_settings(stack) if secure.is_on(stack) else {}))))


def override_properties(text, overrides):
    pending = {name: str(value) for name, value in overrides.items()}
    lines = []
    for line in text.splitlines():
        name = line.partition("=")[0].strip()
        lines.append("%s=%s" % (name, pending.pop(name)) if name in pending else line)
    return "\n".join(lines + ["%s=%s" % item for item in pending.items()]) + "\n"
