"""Starts detached processes, recognises them again, and kills them. Reads Linux's /proc."""

import os
import signal
import subprocess
import time
from pathlib import Path

from layout import read_json, write_json


def _stat_fields(task):
    """Returns the fields of /proc/TASK/stat from the state on, or None if the process or thread does not exist."""
    try:
        text = Path("/proc/%s/stat" % task).read_text()
    except (OSError, ValueError):
        return None
    return text.rpartition(")")[2].split()


def start_time(pid):
    """Returns the clock ticks from boot to the process's start, or None if it is dead or a zombie."""
    fields = _stat_fields(pid)
    return int(fields[19]) if fields and _has_living_thread(pid) else None


def _has_living_thread(pid):
    """Returns whether a thread lives. The first may be a zombie while other threads still hold memory and ports."""
    try:
        threads = os.listdir("/proc/%d/task" % pid)
    except OSError:
        return False
    states = (_stat_fields("%d/task/%s" % (pid, thread)) for thread in threads)
    return any(fields and fields[0] not in "ZX" for fields in states)


def command_line(pid):
    try:
        return Path("/proc/%d/cmdline" % pid).read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def rss_mb(pid):
    try:
        for line in Path("/proc/%d/status" % pid).read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) // 1024
    except OSError:
        pass
    return 0


def remember(pid_file, pid, marker):
    write_json(pid_file, {"pid": pid, "startTime": start_time(pid), "marker": marker})


def recall(pid_file):
    """Returns the pid in the file if that same process still runs: pids are reused, start times are not."""
    known = read_json(pid_file)
    if not known or known["startTime"] is None:
        return None
    pid = known["pid"]
    if start_time(pid) != known["startTime"]:
        return None
    words = command_line(pid)  # empty while it dies
    return pid if not words or known["marker"] in words else None


def spawn(command, cwd, environment, log):
    """Starts a process in a session of its own, so that it outlives the terminal and the supervisor."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size:
        os.replace(log, str(log) + ".1")
    with open(log, "ab") as out:
        return subprocess.Popen([str(word) for word in command], cwd=str(cwd), env=environment,
                                stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True)


def wait_gone(pid_file, seconds):
    deadline = time.monotonic() + seconds
    while recall(pid_file):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def stop(pid_file, polite_seconds=0):
    """Kills a process by SIGKILL, after time to end itself if polite_seconds > 0. Returns whether it has ended."""
    pid = recall(pid_file)
    if pid and polite_seconds:
        _signal(pid, signal.SIGTERM)
        wait_gone(pid_file, polite_seconds)
        pid = recall(pid_file)
    if pid:
        _signal(pid, signal.SIGKILL)
    return wait_gone(pid_file, 30)


def _signal(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def listening_ports(pid):
    """Returns the TCP ports on which this process listens."""
    sockets = set()
    try:
        for entry in os.scandir("/proc/%d/fd" % pid):
            try:
                sockets.add(os.readlink(entry.path))
            except OSError:
                continue
    except OSError:
        return set()
    ports = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in (line.split() for line in lines):
            if fields[3] == "0A" and "socket:[%s]" % fields[9] in sockets:
                ports.add(int(fields[1].rpartition(":")[2], 16))
    return ports
