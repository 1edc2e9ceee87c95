"""What deploys the assistant: readable, consistent with the program, and without a secret or a right too many."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
FILES = sorted((DEPLOY / "kubernetes").glob("*.yml"))
MANIFESTS = [each for path in FILES for each in yaml.safe_load_all(path.read_text())]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yml").read_text())
PODS = {each["metadata"]["name"]: each["spec"]["template"] for each in MANIFESTS if each["kind"] == "Deployment"}
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "assistant"}


def container(name: str) -> dict[str, Any]:
    found: dict[str, Any] = PODS[name]["spec"]["containers"][0]
    return found


def test_every_kind_that_is_promised_is_there() -> None:
    wanted = {"Deployment", "Service", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy"}
    assert wanted <= {each["kind"] for each in MANIFESTS}


def test_every_selector_finds_its_pods() -> None:
    labels = [pod["metadata"]["labels"] for pod in PODS.values()]
    for each in MANIFESTS:
        selector = each["spec"].get("selector") or each["spec"].get("podSelector") or {}
        wanted = selector.get("matchLabels", selector)
        assert not wanted or any(wanted.items() <= found.items() for found in labels), each["metadata"]["name"]


@pytest.mark.parametrize("name", sorted(PODS))
def test_a_pod_has_no_right_too_many(name: str) -> None:
    assert PODS[name]["spec"]["securityContext"]["runAsNonRoot"] is True
    rights = container(name)["securityContext"]
    assert rights["readOnlyRootFilesystem"] and not rights["allowPrivilegeEscalation"]
    assert rights["capabilities"] == {"drop": ["ALL"]}
    assert container(name)["envFrom"] == [{"secretRef": {"name": "assistant"}}]


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_service_has_no_right_too_many(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] and service["cap_drop"] == ["ALL"] and "ports" not in service
    secrets = [value for key, value in service["environment"].items() if "SECRET" in key or "TOKEN" in key]
    assert secrets and all(re.fullmatch(r"\$\{\w+:\?\}", value) for value in secrets)


@pytest.mark.parametrize(
    "command",
    [container("assistant-web")["args"], container("assistant-worker")["args"], OURS["worker"]["command"]],
    ids=["web", "worker", "compose"],
)
def test_the_program_knows_what_it_is_told(command: list[str]) -> None:
    from bot.cli.main import app

    shown = CliRunner().invoke(app, [command[0], "--help"], env={"COLUMNS": "200", "TERM": "dumb"})
    assert shown.exit_code == 0
    assert all(option in shown.output for option in command if option.startswith("--"))


def test_probes_ask_what_the_server_answers() -> None:
    from bot.serving import operations

    source = Path(operations.__file__).read_text()
    web = container("assistant-web")
    asked = {web[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert all(f'"{path}"' in source for path in asked)


def test_the_image_copies_what_exists_and_runs_as_nobody() -> None:
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    copied = [
        part for line in lines if line.startswith("COPY ") and "--from" not in line for part in line.split()[1:-1]
    ]
    missing = [name for name in copied if name != "models/" and not (ROOT / name).exists()]
    assert copied and not missing
    user = [place for place, line in enumerate(lines) if line.startswith("USER ")]
    assert user and user[-1] < next(place for place, line in enumerate(lines) if line.startswith("ENTRYPOINT"))
    assert {line.split()[1] for line in lines if line.startswith("FROM ")} == {"python:3.10-slim"}
    allowed = set((DEPLOY / "Dockerfile.dockerignore").read_text().split())
    assert {f"!{name.rstrip('/')}" for name in copied} <= allowed


def test_nginx_accepts_its_settings(tmp_path: Path) -> None:
    if not (program := shutil.which("nginx", path="/usr/sbin:/usr/bin:/bin")):
        pytest.skip("nginx is not installed here (Debian: apt-get install nginx-light)")
    # The names of the servers mean something only where they run.
    settings = (DEPLOY / "nginx.conf").read_text().replace("web-1:", "127.0.0.1:").replace("web-2:", "localhost:")
    (tmp_path / "nginx.conf").write_text(settings.replace("/tmp/", f"{tmp_path}/"))
    checked = subprocess.run(
        [program, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
