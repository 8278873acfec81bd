"""Run with `python3 -m unittest` in this folder."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import layout
import parts


class LiteTargetTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.stack = layout.Stack(str(Path(folder.name) / "lite"))
        ports = {part: {name: 1000 + i for i, name in enumerate(("client", "peer", "broker", "web", "proxy", "metrics"))}
                 for part in self.stack.parts}
        self.write = lambda lite: self.stack.write_facts(ports, {"source": 1, "target": 1}, None, False, lite)

    def test_a_lite_target_needs_nobody(self):
        self.write(True)
        self.assertEqual((), tuple(self.stack.needs("target")))
        self.write(False)
        self.assertEqual(("etcd",), tuple(self.stack.needs("target")))

    def test_it_is_launched_from_the_folder_it_was_installed_in(self):
        self.write(True)
        with mock.patch.dict(os.environ, {"MILVUS_CDC_CACHE": "/cache"}):
            command, environment = parts._LAUNCHERS["target"](self.stack)
        words = [str(word) for word in command]
        self.assertIn(parts.MARKERS["target"], " ".join(words))
        self.assertEqual("1004", words[words.index("--port") + 1])
        self.assertEqual("127.0.0.1", words[words.index("--host") + 1])
        self.assertTrue(environment["PYTHONPATH"].startswith("/cache/installed/milvus-lite-"))


if __name__ == "__main__":
    unittest.main()
