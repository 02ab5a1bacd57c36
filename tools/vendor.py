"""Fetch the vendored files again, or check that they are the ones that were fetched.

    python tools/vendor.py            fetch every package named in vendor.json and compare with its hashes
    python tools/vendor.py --check    no network: compare the files in the tree with the hashes
    python tools/vendor.py --record   fetch, and write the new hashes (after a version was changed by hand)

A package is taken as it was published; a bundle is built by esbuild from packages of exact versions into one module.
The files are committed, so that nothing is loaded from elsewhere when a page is read or the house is set up. npm and
Node are needed for fetching only.
"""

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parent.parent / "hemicycle" / "web" / "static"
MANIFEST = STATIC / "vendor.json"
FOLDER = STATIC / "vendor"

Manifest = dict[str, Any]


def digest(content: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def entries(manifest: Manifest) -> list[dict[str, Any]]:
    """Packages and bundles, which both name files and hashes."""
    return [*manifest["packages"], *manifest.get("bundles", [])]


def problems(manifest: Manifest, folder: Path = FOLDER) -> list[str]:
    """Say every way in which the folder differs from the manifest; an empty list when it does not."""
    found: list[str] = []
    expected = {name: file for each in entries(manifest) for name, file in each["files"].items()}
    for name, file in expected.items():
        path = folder / name
        if not path.is_file():
            found.append(f"{name}: missing")
        elif digest(path.read_bytes()) != file["sha256"]:
            found.append(f"{name}: the content is not the one that was fetched")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in expected:
            found.append(f"{name}: not named in vendor.json")
    return found


def unpack(package: str, version: str) -> dict[str, bytes]:
    """Fetch one package with `npm pack`; return path inside the package -> content.

    Raises CalledProcessError when npm cannot fetch it.
    """
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(["npm", "pack", "--silent", f"{package}@{version}"], cwd=place, check=True)
        archive = next(Path(place).glob("*.tgz")).read_bytes()
    contents: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar.getmembers():
            stream = tar.extractfile(member)
            if stream is not None:
                contents[member.name.partition("/")[2]] = stream.read()
    return contents


def build(bundle: dict[str, Any]) -> dict[str, bytes]:
    """Install the packages of a bundle, in their exact versions and without their scripts, and build one ES module.

    Returns path below `node_modules` -> content, for each file that the bundle takes as it is, and the module as "".
    Raises CalledProcessError when npm or esbuild cannot.
    """
    with tempfile.TemporaryDirectory() as place:
        exact = {**bundle["packages"], "esbuild": bundle["esbuild"]}
        # `overrides` holds what the packages themselves depend on to the same versions.
        described = {"private": True, "dependencies": exact, "overrides": bundle["packages"]}
        (Path(place) / "package.json").write_text(json.dumps(described), encoding="utf-8")
        (Path(place) / "entry.js").write_text(bundle["entry"], encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", "--ignore-scripts"], cwd=place, check=True)
        command = ["npx", "esbuild", "entry.js", "--bundle", "--minify", "--format=esm", "--charset=ascii",
                   "--target=es2022", "--legal-comments=inline", "--log-level=error"]  # fmt: skip
        built = subprocess.run(command, cwd=place, check=True, stdout=subprocess.PIPE).stdout
        taken = [file["from"] for file in bundle["files"].values() if file["from"]]
        return {"": built} | {name: (Path(place) / "node_modules" / name).read_bytes() for name in taken}


def fetch(manifest: Manifest, *, record: bool) -> None:
    """Write every file of the manifest; with `record`, take over the hashes instead of comparing."""
    for each in entries(manifest):
        contents = build(each) if "entry" in each else unpack(each["package"], each["version"])
        for name, file in each["files"].items():
            content = contents[file["from"]]
            if record:
                file["sha256"] = digest(content)
            elif digest(content) != file["sha256"]:
                sys.exit(f"{name} is not the file that vendor.json names")
            path = FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def main() -> None:
    """Read the arguments and do one of the three things; ends with 1 when a check fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare only, without network")
    parser.add_argument("--record", action="store_true", help="fetch and write the new hashes")
    arguments = parser.parse_args()
    manifest: Manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    if not arguments.check:
        fetch(manifest, record=arguments.record)
        MANIFEST.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    found = problems(manifest)
    print("\n".join(found) if found else "The vendored files are the ones that were fetched.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
