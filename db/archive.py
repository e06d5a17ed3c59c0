"""The evidence archive: bytes by their SHA-256, written once, never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


class ArchiveDamaged(Exception):
    """A stored body no longer has the hash that names it: restore the archive from its backup."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of bodies, two hex digits deep."""

    root: Path

    def put(self, body: bytes) -> str:
        """Store the bytes durably and return their SHA-256; the same bytes again change nothing."""
        sha256 = hashlib.sha256(body).hexdigest()
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            try:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
                os.replace(file.name, path)
            except OSError:
                # A full disk must not stay full of halves.
                os.unlink(file.name)
                raise
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes; raises FileNotFoundError, or ArchiveDamaged when they have changed."""
        body = self._path(sha256).read_bytes()
        if hashlib.sha256(body).hexdigest() != sha256:
            raise ArchiveDamaged(f"归档文件已损坏 / archived body is damaged: {sha256}")
        return body

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256
