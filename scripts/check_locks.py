"""Are the locked requirements those of pyproject.toml, and free of hosts? Works offline; `make lock` mends.

Each direct dependency must be pinned in the lock of its group, by a version that fits, marked as ours; nothing else may
be marked so; no lock names where packages are downloaded from.
"""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")
HOST = re.compile(r"://|--index-url|--extra-index-url|--find-links|--trusted-host", re.IGNORECASE)
LOCKS_WITH_HOSTS = ["uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "package-lock.json"]


def read_lock(path: Path) -> tuple[dict[str, str], set[str]]:
    """The pinned versions by name, and the names that are there because pyproject.toml asks for them."""
    pins: dict[str, str] = {}
    ours: set[str] = set()
    name = ""
    for line in path.read_text().splitlines():
        if match := PINNED.match(line):
            name = canonicalize_name(match[1])
            pins[name] = match[2]
        elif "pyproject.toml" in line:
            ours.add(name)
    return pins, ours


def problems() -> list[str]:
    found = [f"{name} names download hosts and is not kept here" for name in LOCKS_WITH_HOSTS if (ROOT / name).exists()]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for lock, wanted in {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["dependency-groups"]["dev"],
    }.items():
        path = ROOT / lock
        found += [
            f"{lock}:{number} names a download host"
            for number, line in enumerate(path.read_text().splitlines(), start=1)
            if HOST.search(line)
        ]
        pins, ours = read_lock(path)
        requirements = [Requirement(text) for text in wanted]
        names = {canonicalize_name(requirement.name) for requirement in requirements}
        for requirement in requirements:
            version = pins.get(canonicalize_name(requirement.name))
            if version is None:
                found.append(f"{lock} does not hold {requirement.name}")
            elif not requirement.specifier.contains(version, prereleases=True):
                found.append(f"{lock} holds {requirement.name} {version}, we ask for {requirement.specifier}")
        found += [f"{lock} holds {name} for us, pyproject.toml does not ask for it" for name in sorted(ours - names)]
    return found


if __name__ == "__main__":
    found = problems()
    for problem in found:
        sys.stderr.write(problem + "\n")
    if found:
        sys.exit("The locked requirements are out of date: make lock")
