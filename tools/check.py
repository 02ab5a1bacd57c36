"""`make check`: every check of form, one line each; all run, and the exit code says whether all passed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "."],
    "lint": [BIN / "ruff", "check", "."],
    "types": [BIN / "mypy"],
    "import contracts": [BIN / "lint-imports", "--no-cache"],
    "templates": [BIN / "djlint", "hemicycle", "--lint", "--quiet"],
    "catalogues": [sys.executable, "tools/catalogues.py", "check"],
    "migrations": [BIN / "hemicycle", "makemigrations", "--check", "--dry-run"],
    "vendored files": [sys.executable, "tools/vendor.py", "--check"],
    "charters": [BIN / "hemicycle", "charter", "check", *sorted((ROOT / "charters").glob("*/*.toml"))],
}


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as home:
        environ = {**os.environ, "HEMICYCLE_HOME": home}
        for name, command in CHECKS.items():
            began = time.monotonic()
            done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
            verdict = "ok" if done.returncode == 0 else "FAILED"
            print(f"{name:<20} {verdict:<8} {time.monotonic() - began:5.1f} s", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout[-6000:] + done.stderr[-3000:])
    print("check: " + (f"failed: {', '.join(failed)}" if failed else "all passed"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
