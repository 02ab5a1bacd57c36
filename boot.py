#!/usr/bin/env python3
"""Make `.venv` from the hash lock, with nothing but the standard library.

`python3 boot.py` installs what the product needs, `python3 boot.py --tests` what its tests need too.
The environment is made again only when the lock has changed; a second call takes a fraction of a second.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python meets first
        print("Hemicycle needs Python 3.11 or newer; this is " + sys.version.split()[0], file=sys.stderr)
        return 1
    lock = ROOT / ("requirements-dev.txt" if "--tests" in arguments else "requirements.txt")
    stamp = VENV / f"hemicycle-{lock.stem}.stamp"
    wanted = (
        hashlib.sha256(
            b"".join(path.read_bytes() for path in (lock, ROOT / "pyproject.toml", Path(__file__)))
        ).hexdigest()
        + sys.version.split()[0]
        + str(ROOT)
    )
    if not stamp.exists() or stamp.read_text() != wanted:
        install(lock)
        stamp.write_text(wanted)
    subprocess.run([PYTHON, ROOT / "tools/build_catalogues.py"], cwd=ROOT, check=True)
    return 0


def install(lock: Path) -> None:
    print(f"Installing {lock.name} into .venv (once; about a minute) ...", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    # PyTorch-sized surprises are impossible here: every file is named in the lock with its hash.
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", lock], cwd=ROOT, check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", "."], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
