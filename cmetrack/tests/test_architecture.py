"""Imports run one way: each app may know only what stands below it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ["cmetrack", "accounts", "portfolio", "networking", "milestones", "progress"]
MAY_IMPORT = {app: set(APPS[:height]) for height, app in enumerate(APPS)}


def imported_modules(source: str) -> Iterator[str]:
    # What is imported for type checking only does not tie the apps together when they run.
    for node in ast.walk(without_type_checking(ast.parse(source))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def without_type_checking(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    return tree


def imported_apps(path: Path) -> set[str]:
    heads = {name.split(".")[0] for name in imported_modules(path.read_text())}
    return heads & set(APPS)


def sources(app: str) -> list[Path]:
    return [path for path in (ROOT / app).rglob("*.py") if "tests" not in path.parts]


@pytest.mark.parametrize("app", APPS)
def test_imports_point_downwards(app):
    # urls.py of the kernel is the wiring: it names every app, as text.
    for path in sources(app):
        assert imported_apps(path) <= MAY_IMPORT[app] | {app}, path


def test_notices_an_upward_import(tmp_path):
    module = tmp_path / "module.py"
    module.write_text("import os\nfrom progress.summary import summarise\n")

    assert imported_apps(module) == {"progress"}


@pytest.mark.parametrize("app", APPS)
def test_modules_stay_readable(app):
    for path in sources(app):
        if "migrations" not in path.parts:
            assert len(path.read_text().splitlines()) <= 300, path
