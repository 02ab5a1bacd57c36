"""How long each page of the replay takes, what the web processes weigh, how long a second start takes.

    .venv/bin/python bench/pages.py            # loads a demonstration into a temporary folder

Prints the slowest kinds of page with their median over `ROUNDS` requests and the ratio to the limit of 100 ms; the PSS of
the web processes against 300 MB; the second start against 10 s. As a peer measured in the same run stands the same
server's smallest page (a static file), so that a noisy machine shows.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from crawl import Visitor, cast, shape, walk

ROOT = Path(__file__).resolve().parent.parent
HEMICYCLE = [sys.executable, "-m", "config.command"]
ROUNDS, LIMIT, WEIGHT, START = 7, 0.100, 300.0, 10.0


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        environ = {k: v for k, v in os.environ.items() if not k.startswith("HEMICYCLE_")}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environ |= {"HEMICYCLE_HOME": folder, "HEMICYCLE_PORT": str(port)}
        began = time.monotonic()
        subprocess.run([*HEMICYCLE, "demo", "--no-serve"], cwd=ROOT, env=environ, check=True)
        print(f"replay loaded in {time.monotonic() - began:.1f} s (limit 60 s)")
        began = time.monotonic()
        server = subprocess.Popen([*HEMICYCLE, "demo"], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
        try:
            base = f"http://localhost:{port}"
            wait(base)
            second = time.monotonic() - began
            print(f"second start: {second:.1f} s, {second / START:.2f} of the limit of {START:.0f} s")
            measure(base)
            weigh(server.pid)
        finally:
            server.terminate()
            server.wait(20)
    return 0


def wait(base: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(base, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("no answer")


def measure(base: str) -> None:
    times: dict[str, tuple[float, str, str]] = {}
    wrong = []
    visitors = [("public", Visitor(base)), *cast(base)]
    for name, visitor in visitors:
        pages = walk(visitor, "/" if name == "public" else "/desk/", per_shape=1)
        wrong += [(name, url, a.status) for url, a in pages.items() if a.status >= 400]
        for url, answer in pages.items():
            key = shape(url)
            if answer.status != 200 or key in times:
                continue
            median = statistics.median(visitor.get(url).seconds for _ in range(ROUNDS))
            times[key] = (median, name, url)
    peer = statistics.median(visitors[0][1].get("/static/hemicycle/icon.svg").seconds for _ in range(30))
    slowest = sorted(times.items(), key=lambda item: -item[1][0])
    over = [s for s in slowest if s[1][0] > LIMIT]
    print(f"{len(times)} kinds of page, {len(visitors)} visitors; smallest static file {peer * 1000:.1f} ms")
    print(
        f"median of medians {statistics.median(t[0] for t in times.values()) * 1000:.0f} ms; {len(over)} over {LIMIT * 1000:.0f} ms"
    )
    for key, (median, name, url) in slowest[:15]:
        print(f"  {median * 1000:6.0f} ms  {median / LIMIT:4.2f} of limit  {key}  ({name[:30]}: {url})")
    for name, url, status in wrong[:20]:
        print(f"  answered {status}: {url} ({name[:30]})")


def weigh(parent: int) -> None:
    """PSS of granian's processes: shared pages are counted once."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            command = (path / "cmdline").read_text().replace("\0", " ")
            if "granian" not in command or not descends(int(path.name), parent):
                continue
            found = re.search(r"^Pss:\s+(\d+) kB", (path / "smaps_rollup").read_text(), re.M)
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
        total += int(found[1]) / 1024 if found else 0
    print(f"web processes: {total:.0f} MB PSS, {total / WEIGHT:.2f} of the limit of {WEIGHT:.0f} MB")


def descends(pid: int, parent: int) -> bool:
    while pid > 1:
        if pid == parent:
            return True
        pid = int((Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[1])
    return False


if __name__ == "__main__":
    sys.exit(main())
