"""Runs in the background, starts the wanted parts, and restarts them if they exit or hang.

Milvus exits if its etcd session breaks, and may hang if its queue does. Without the supervisor, a test of CDC
would blame CDC for that. Commands and the supervisor communicate only through small files in DIR/run.
"""

import os
import signal
import sys
import time
from pathlib import Path

import parts
import procs
from errors import StackError

TICK_SECONDS = 0.5
# A health check costs more than a check of the process, and a healthy part rarely becomes unhealthy.
HEALTHY_TICK_SECONDS = 3
# If a part is no longer healthy, it has this time to recover before it is killed and restarted.
PATIENCE_SECONDS = {"etcd": 30, "pulsar": 60, "kafka": 60, "source": 20, "target": 20}
START_SECONDS = 120
QUICK_DEATH_SECONDS = 15
LONGEST_PAUSE_SECONDS = 15
MARKER = "supervise"


def pid_file(stack):
    return stack.run_dir / "supervisor.pid.json"


def ensure_running(stack):
    with stack.locked():
        if procs.recall(pid_file(stack)):
            return
        script = Path(__file__).resolve().with_name("stack.py")
        command = [sys.executable, script, MARKER, "--dir", stack.dir]
        process = procs.spawn(command, "/", dict(os.environ), stack.logs_dir / "supervisor.log")
        procs.remember(pid_file(stack), process.pid, MARKER)


def run_forever(stack):
    # A Ctrl-C for the command that started the supervisor must not end the supervisor.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    watchers = [Watcher(stack, part) for part in stack.parts]
    while stack.exists:
        for watcher in watchers:
            try:
                watcher.look()
            except OSError as failure:
                log("%s: %s" % (watcher.part, failure))
        time.sleep(TICK_SECONDS)


def log(text):
    print(time.strftime("%Y-%m-%d %H:%M:%S"), text, flush=True)


class Watcher:
    """Watches one part, and restores its wanted state."""

    def __init__(self, stack, part):
        self.stack, self.part = stack, part
        self.child = None
        self.pid = None
        self.started_at = time.monotonic()
        self.bad_since = None
        self.was_healthy = False
        self.quick_deaths = 0
        self.not_before = 0.0
        self.healthy_until = 0.0

    def look(self):
        if self.child:
            self.child.poll()  # reaps it, because a dead child is otherwise a zombie
        if not self.stack.wanted().get(self.part):
            self.pid, self.quick_deaths, self.not_before = None, 0, 0.0
            return
        pid = parts.pid_of(self.stack, self.part)
        if pid is None:
            self._note_death()
            self._start_when_possible()
        elif pid == self.pid and time.monotonic() < self.healthy_until:
            return
        elif parts.is_healthy(self.stack, self.part):
            self._note_health(pid)
        else:
            self._lose_patience(pid)

    def _note_health(self, pid):
        if self.bad_since or not self.was_healthy:
            log("%s: healthy (pid %d)" % (self.part, pid))
            self.stack.clear_problem(self.part)
        self.pid, self.was_healthy, self.bad_since = pid, True, None
        self.healthy_until = time.monotonic() + HEALTHY_TICK_SECONDS
        if time.monotonic() - self.started_at > QUICK_DEATH_SECONDS:
            self.quick_deaths = 0

    def _note_death(self):
        if self.pid is None:
            return
        if not self.stack.pid_file(self.part).exists():
            self.pid = None
            return
        lived = time.monotonic() - self.started_at
        self.pid = None
        self.quick_deaths = self.quick_deaths + 1 if lived < QUICK_DEATH_SECONDS else 0
        self.not_before = time.monotonic() + min(self.quick_deaths * 2, LONGEST_PAUSE_SECONDS)
        message = "%s died after %d s; see %s" % (self.part, lived, self.stack.output_log(self.part))
        log(message)
        self.stack.report_problem(self.part, message, self.quick_deaths)

    def _start_when_possible(self):
        if time.monotonic() < self.not_before:
            return
        if not all(parts.is_healthy(self.stack, need) for need in self.stack.needs(self.part)):
            return
        with self.stack.locked():
            # `kill` may have changed the wanted state since it was read.
            if not self.stack.wanted().get(self.part) or parts.pid_of(self.stack, self.part):
                return
            try:
                self.child = parts.launch(self.stack, self.part)
            except (StackError, OSError) as failure:
                log("%s: %s" % (self.part, failure))
                self.stack.report_problem(self.part, str(failure), 3)
                self.not_before = time.monotonic() + 2
                return
        self.pid, self.started_at = self.child.pid, time.monotonic()
        self.bad_since, self.was_healthy, self.healthy_until = None, False, 0.0
        log("%s: started (pid %d)" % (self.part, self.pid))

    def _lose_patience(self, pid):
        now = time.monotonic()
        self.pid = pid
        if not all(parts.is_healthy(self.stack, need) for need in self.stack.needs(self.part)):
            self.bad_since = None if self.was_healthy else self.bad_since
            return
        self.bad_since = self.bad_since or now
        allowed = PATIENCE_SECONDS[self.part] if self.was_healthy else START_SECONDS
        if now - self.bad_since < allowed:
            return
        with self.stack.locked():
            if self.stack.wanted().get(self.part):
                log("%s: unhealthy for %d s, killing it" % (self.part, now - self.bad_since))
                parts.stop(self.stack, self.part)
