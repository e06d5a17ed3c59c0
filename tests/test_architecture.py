"""The house keeps its own rules: sizes, contracts over every package, generated pages."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from monitor.reference import documents

ROOT = Path(__file__).parents[1]
PACKAGES = ("reports", "sandbox", "db", "crawler", "alerts", "web", "monitor")
SOURCES = sorted(
    path
    for package in (*PACKAGES, "tests")
    for path in (ROOT / package).rglob("*.py")
    if "versions" not in path.parts
)
FUNCTION_LINES, FILE_LINES, NESTING = 40, 300, 3
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith, ast.Match)


def _functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def _depth(node: ast.AST, depth: int = 0) -> int:
    deepest = depth
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child in node.orelse
        deeper = depth + (isinstance(child, BLOCKS) and not is_elif)
        deepest = max(deepest, _depth(child, deeper))
    return deepest


def test_no_function_is_longer_than_forty_lines() -> None:
    assert not [
        name
        for name, node in _functions()
        if (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
        and "monitor/commands/" not in name
    ]


def test_no_function_nests_deeper_than_three() -> None:
    assert not [name for name, node in _functions() if _depth(node) > NESTING]


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {str(path): length for path, length in lengths.items() if length > FILE_LINES}


def test_no_module_has_an_empty_name() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
    assert not [path for path in SOURCES if path.stem in vague]


def test_the_import_contracts_name_every_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["tool"]["importlinter"]["root_packages"]) == set(PACKAGES)
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found - {"benchmarks"} == set(PACKAGES)


def test_only_one_module_reads_the_clock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    exempt = project["tool"]["ruff"]["lint"]["per-file-ignores"]
    assert [name for name, codes in exempt.items() if "TID251" in codes] == ["monitor/clock.py"]


def test_the_lock_files_name_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index" not in text


@pytest.mark.parametrize("name", ["rules.md", "configuration.md", "commands.md", "families.md"])
def test_the_generated_page_is_current(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == documents()[name], "run: make docs"


def test_the_newest_change_is_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    numbered = (line for line in changes.splitlines() if re.match(r"## \d", line))
    newest = next(numbered)
    assert newest.split()[1] == project["project"]["version"]


@pytest.mark.parametrize(
    ("entrance", "unwanted"),
    [
        # Each takes longer to load than most commands, and most sweeps, take altogether.
        ("monitor.cli", ("scrapy", "twisted", "apprise")),
        ("crawler.run", ("scrapy", "twisted", "sqlalchemy", "lxml")),
    ],
)
def test_nothing_slow_is_loaded_before_it_is_needed(
    entrance: str, unwanted: tuple[str, ...]
) -> None:
    asked = (
        f"import sys, {entrance}; print(*(name for name in {unwanted!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
