"""Gives the peers an environment of their own: they want an older NumPy than Accord."""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "var" / "peers"
WANTED = ROOT / "requirements-peers.txt"


def peer_python() -> Path:
    """Will return the interpreter that the peers run in, setting it up at the first call."""
    python, stamp = HOME / "bin" / "python", HOME / "installed.txt"
    wanted = WANTED.read_text()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"Setting up the peers in {HOME.relative_to(ROOT)} …", file=sys.stderr)
    venv.create(HOME, with_pip=True, clear=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", WANTED], check=True)
    stamp.write_text(wanted)
    return python
