"""Run with `python3 -m unittest` in this folder."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import procs
from layout import port_is_free

# Threads and much memory: the first thread is a zombie long before the last thread releases the port.
LISTENER = """
import mmap, socket, sys, threading, time
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen()
memory = mmap.mmap(-1, 1 << 29, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
for page in range(0, 1 << 29, 4096):
    memory[page] = 1
for _ in range(20):
    threading.Thread(target=time.sleep, args=(60,)).start()
print("ready", flush=True)
time.sleep(60)
"""


class ProcsTest(unittest.TestCase):
    def test_who_is_gone_has_given_its_ports_back(self):
        port = next(port for port in range(23456, 32000) if port_is_free(port))
        for _ in range(3):
            child = subprocess.Popen([sys.executable, "-c", LISTENER, str(port)], stdout=subprocess.PIPE)
            with tempfile.TemporaryDirectory() as folder, child.stdout:
                child.stdout.readline()
                pid_file = Path(folder) / "pid.json"
                procs.remember(pid_file, child.pid, "socket")
                os.kill(child.pid, signal.SIGKILL)
                while procs.recall(pid_file):
                    time.sleep(0.0005)
                self.assertTrue(port_is_free(port))
                child.wait()


if __name__ == "__main__":
    unittest.main()
