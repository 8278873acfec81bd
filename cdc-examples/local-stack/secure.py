"""Creates the certificates, passwords and tokens of a stack that was started with --secure, and their settings."""

import base64
import hashlib
import hmac
import json
import os
import secrets
import shutil
import subprocess

from errors import StackError
from layout import write_atomically

ADMIN, READER, WRITER, GUEST = "admin", "cdc", "writer", "guest"
_DAYS = "3650"
_SERVER = "subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n"
_CLIENT = "extendedKeyUsage=clientAuth\n"
_AUTHORITY = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n"


def facts(stack, ports):
    """Returns the part of stack.json about security: secrets by the paths of their files."""
    def file(name):
        return str(_folder(stack) / name)

    queues = {
        "pulsar": lambda: {
            "pulsar": "pulsar+ssl://127.0.0.1:%d" % ports["pulsar"]["tls"],
            "pulsarToken": file("pulsar-%s.token" % READER),
            "pulsarWriterToken": file("pulsar-%s.token" % WRITER),
        },
        "kafka": lambda: {
            "kafka": "127.0.0.1:%d" % ports["kafka"]["tls"],
            "kafkaUser": READER,
            "kafkaPassword": file("kafka-%s.password" % READER),
            "kafkaGuest": GUEST,
            "kafkaGuestPassword": file("kafka-%s.password" % GUEST),
        },
    }
    return {
        "etcd": "https://127.0.0.1:%d" % ports["etcd"]["tls"],
        **queues[stack.queue](),
        "authority": file("authority.pem"),
        "stranger": file("stranger.pem"),
        "etcdCertificate": file("client.pem"),
        "etcdKey": file("client.key"),
        "etcdUser": READER,
        "etcdPassword": file("etcd-%s.password" % READER),
        "targetUser": "root",
        "targetPassword": file("target.password"),
    }


def is_on(stack):
    return "secure" in stack.facts


def secret(stack, name):
    return (_folder(stack) / name).read_text(encoding="utf-8")


def make(stack):
    """Creates missing files. Existing files stay, because the servers have read them."""
    folder = _folder(stack)
    if folder.is_dir():
        return
    if not shutil.which("openssl"):
        raise StackError("a secure stack needs the command `openssl` for its certificates: install it, or run `up` "
                         "without --secure")
    draft = folder.with_name("%s.%d.tmp" % (folder.name, os.getpid()))
    draft.mkdir(parents=True, mode=0o700)
    try:
        _make_certificates(draft)
        _make_secrets(draft)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _folder(stack):
    return stack.dir / "secure"


# ---- certificates ---------------------------------------------------------------

def _make_certificates(folder):
    _certificate(folder, "authority", "Authority of the stack", _AUTHORITY)
    # Signs nothing. Tests use it to show that a certificate of another authority is rejected.
    _certificate(folder, "stranger", "Some other authority", _AUTHORITY)
    _certificate(folder, "server", "server", _SERVER, "authority")
    # etcd treats the name as a user. Milvus 2.3.5 cannot log in to etcd in any other way.
    _certificate(folder, "milvus", "root", _CLIENT, "authority")
    _certificate(folder, "client", "client", _CLIENT, "authority")


def _certificate(folder, name, common_name, extensions, issuer=None):
    key, request, certificate, wishes = (str(folder / (name + end)) for end in (".key", ".csr", ".pem", ".ext"))
    write_atomically(folder / (name + ".ext"), extensions)
    _openssl("req", "-new", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + common_name, "-keyout", key,
             "-out", request)
    signer = (["-CA", str(folder / (issuer + ".pem")), "-CAkey", str(folder / (issuer + ".key"))] if issuer
              else ["-signkey", key])
    _openssl("x509", "-req", "-in", request, "-sha256", "-days", _DAYS, "-set_serial", str(secrets.randbits(63)),
             "-extfile", wishes, "-out", certificate, *signer)


def _openssl(*arguments):
    done = subprocess.run(("openssl",) + arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise StackError("`openssl %s` failed: %s" % (arguments[0], done.stdout.decode(errors="replace").strip()))


# ---- passwords and tokens ---------------------------------------------------------

def _make_secrets(folder):
    key = secrets.token_bytes(32)
    (folder / "pulsar.key").write_bytes(key)
    for role in (ADMIN, READER, WRITER):
        write_atomically(folder / ("pulsar-%s.token" % role), _token(role, key))
    for user in ("root", READER):
        write_atomically(folder / ("etcd-%s.password" % user), secrets.token_urlsafe(16))
    for user in (READER, GUEST):
        write_atomically(folder / ("kafka-%s.password" % user), secrets.token_urlsafe(16))
    # Kafka needs both in one file.
    write_atomically(folder / "kafka.pem", "".join((folder / name).read_text(encoding="utf-8")
                                                   for name in ("server.key", "server.pem")))
    write_atomically(folder / "target.password", "Milvus")  # the password of every new Milvus


def _token(role, key):
    """Returns a JSON web token that never expires."""
    signed = b".".join(_b64url(json.dumps(part).encode()) for part in ({"alg": "HS256"}, {"sub": role}))
    return (signed + b"." + _b64url(hmac.new(key, signed, hashlib.sha256).digest())).decode()


def _b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


# ---- settings of the servers ------------------------------------------------------

def etcd_options(stack):
    """Returns options for a second address beside the plain address, which the probes use."""
    folder = _folder(stack)
    return ["--cert-file", folder / "server.pem", "--key-file", folder / "server.key",
            "--trusted-ca-file", folder / "authority.pem", "--client-cert-auth"]


def pulsar_settings(stack):
    folder = _folder(stack)
    return {
        "brokerServicePortTls": stack.ports("pulsar")["tls"],
        "tlsCertificateFilePath": folder / "server.pem",
        "tlsKeyFilePath": folder / "server.key",
        "authenticationEnabled": "true",
        "authenticationProviders": "org.apache.pulsar.broker.authentication.AuthenticationProviderToken",
        "tokenSecretKey": (folder / "pulsar.key").as_uri(),
        "authorizationEnabled": "true",
        "superUserRoles": ADMIN,
        "brokerClientAuthenticationPlugin": "org.apache.pulsar.client.impl.auth.AuthenticationToken",
        "brokerClientAuthenticationParameters": "token:" + secret(stack, "pulsar-%s.token" % ADMIN),
    }


def kafka_settings(stack):
    """Returns settings for a listener beside the plain listener, which the source and the probes use."""
    modules = "org.apache.kafka.common.security."
    users = " ".join('user_%s="%s"' % (user, secret(stack, "kafka-%s.password" % user)) for user in (READER, GUEST))
    return {
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": _folder(stack) / "kafka.pem",
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256",
        "listener.name.sasl_ssl.plain.sasl.jaas.config": "%splain.PlainLoginModule required %s;" % (modules, users),
        "listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config": modules + "scram.ScramLoginModule required;",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS;User:" + READER,  # the guest has no permissions
    }


def kafka_format_options(stack):
    """Returns options that add SCRAM's users to the broker's own metadata when it is created."""
    return ["--add-scram", "SCRAM-SHA-256=[name=%s,password=%s]"
            % (READER, secret(stack, "kafka-%s.password" % READER))]


def milvus_settings(stack, part):
    folder = _folder(stack)
    settings = {
        "etcd.endpoints": "127.0.0.1:%d" % stack.ports("etcd")["tls"],
        "etcd.ssl.enabled": True,
        "etcd.ssl.tlsCert": str(folder / "milvus.pem"),
        "etcd.ssl.tlsKey": str(folder / "milvus.key"),
        "etcd.ssl.tlsCACert": str(folder / "authority.pem"),
        "etcd.ssl.tlsMinVersion": "1.2",  # etcd 3.5.1 supports no later version
    }
    if part == "source" and stack.queue == "pulsar":
        settings["pulsar.authPlugin"] = "token"
        settings["pulsar.authParams"] = "token:" + secret(stack, "pulsar-%s.token" % ADMIN)
    if part == "target":
        settings["common.security.authorizationEnabled"] = True
        settings["common.security.tlsMode"] = 1
        settings["tls.serverPemPath"] = str(folder / "server.pem")
        settings["tls.serverKeyPath"] = str(folder / "server.key")
        settings["tls.caPemPath"] = str(folder / "authority.pem")
    return settings
