"""Sends requests to etcd and to the queue, with credentials if the stack is secure, and grants these credentials."""

import base64
import json
import socket
import struct
import urllib.error
import urllib.request

import secure


def get(url, headers=None):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=3) as answer:
        return answer.read().decode(errors="replace")


# ---- etcd -------------------------------------------------------------------------

def etcd_call(stack, method, body):
    return _etcd_post(stack, method, body, {"Authorization": _etcd_token(stack)} if secure.is_on(stack) else {})


def guard_etcd(stack):
    """Enables authentication in etcd. The reader may read the keys of the source."""
    try:
        _etcd_token(stack)
        return
    except urllib.error.HTTPError:
        pass  # authentication is not enabled yet
    reader = secure.READER
    for method, body in (
            ("user/add", {"name": "root", "password": secure.secret(stack, "etcd-root.password")}),
            ("role/add", {"name": "root"}),
            ("user/grant", {"user": "root", "role": "root"}),
            ("user/add", {"name": reader, "password": secure.secret(stack, "etcd-%s.password" % reader)}),
            ("role/add", {"name": reader}),
            ("role/grant", {"name": reader, "perm": dict(prefix_range(stack.facts["source"]["rootPath"] + "/"),
                                                         permType="READ")}),
            ("user/grant", {"user": reader, "role": reader}),
            ("enable", {})):
        try:
            _etcd_post(stack, "auth/" + method, body, {})
        except urllib.error.HTTPError as refusal:
            # An earlier start may have finished this step.
            if "already" not in refusal.read().decode(errors="replace"):
                raise


def prefix_range(prefix):
    return {"key": _b64(prefix), "range_end": _b64(prefix[:-1] + chr(ord(prefix[-1]) + 1))}


def _etcd_token(stack):
    password = secure.secret(stack, "etcd-root.password")
    return _etcd_post(stack, "auth/authenticate", {"name": "root", "password": password}, {})["token"]


def _etcd_post(stack, method, body, headers):
    request = urllib.request.Request("%s/v3/%s" % (stack.facts["etcd"], method), json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())


def _b64(text):
    return base64.b64encode(text.encode()).decode()


# ---- Pulsar -----------------------------------------------------------------------

def pulsar_get(stack, path):
    return get(_pulsar_url(stack, path), _pulsar_headers(stack))


def guard_pulsar(stack):
    """Creates a tenant with a namespace for the source, and a namespace for events. The reader may only consume in
    both, and the writer may only produce events."""
    source = stack.facts["pulsarNamespace"]
    tenant, _, _ = source.partition("/")
    _pulsar_make(stack, "/tenants/" + tenant, {"allowedClusters": ["standalone"]})
    for namespace in (source, tenant + "/events"):
        _pulsar_make(stack, "/namespaces/" + namespace, {})
        _pulsar_grant(stack, namespace, secure.READER, "consume")
    _pulsar_grant(stack, tenant + "/events", secure.WRITER, "produce")


def _pulsar_grant(stack, namespace, role, action):
    _pulsar_send(stack, "POST", "/namespaces/%s/permissions/%s" % (namespace, role), [action])


def _pulsar_make(stack, path, body):
    try:
        _pulsar_send(stack, "PUT", path, body)
    except urllib.error.HTTPError as refusal:
        if refusal.code != 409:  # an earlier start has created it
            raise


def _pulsar_send(stack, method, path, body):
    headers = dict(_pulsar_headers(stack), **{"Content-Type": "application/json"})
    request = urllib.request.Request(_pulsar_url(stack, path), json.dumps(body).encode(), headers, method=method)
    urllib.request.urlopen(request, timeout=5).close()


def _pulsar_url(stack, path):
    return stack.facts["pulsarAdmin"] + "/admin/v2" + path


def _pulsar_headers(stack):
    if not secure.is_on(stack):
        return {}
    return {"Authorization": "Bearer " + secure.secret(stack, "pulsar-%s.token" % secure.ADMIN)}


# ---- Kafka ------------------------------------------------------------------------

def kafka_answers(stack):
    """Asks Kafka for its supported requests (ApiVersions, version 0): an open port alone proves nothing."""
    question = struct.pack(">hhih", 18, 0, 1, -1)
    with socket.create_connection(("127.0.0.1", stack.ports("kafka")["broker"]), timeout=3) as connection:
        connection.sendall(struct.pack(">i", len(question)) + question)
        return len(connection.recv(8)) > 0
