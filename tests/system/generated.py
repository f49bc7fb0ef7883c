"""Clients that a public generator makes from the documents that the suite serves, as docs/integrators.md tells."""

import importlib
import shlex
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from services.cli.suite import Suite
from tests.documents.command_lines import shell_lines
from tests.documents.documents import ROOT, blocks

INTEGRATORS = ROOT / "docs" / "integrators.md"
[CONFIGURATION] = [block.code for block in blocks(INTEGRATORS, "yaml")]
[COMMAND] = [line for line in shell_lines(blocks(INTEGRATORS, "sh")) if line.startswith("openapi-python-client ")]


def generate(suite: Suite, service: str, folder: Path) -> "Generated":
    """Raises AssertionError when the generator leaves anything out, or says a word about it."""
    (folder / "client.yaml").write_text(CONFIGURATION, "utf-8")
    name = f"{service}_client"
    told = COMMAND.replace("http://127.0.0.1:8101", suite.url(service)).replace("registry_client", name)
    generator, *rest = shlex.split(told)
    command = [Path(sys.executable).with_name(generator), *rest, "--fail-on-warning"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout.strip(), said.stderr) == (0, f"Generating {name}", ""), said
    return Generated(folder, name, suite.url(service))


@dataclass(frozen=True)
class Generated:
    """One service's generated package."""

    folder: Path
    name: str
    url: str

    @cached_property
    def calls(self) -> dict[str, ModuleType]:
        """The module of each operation, by the operation's name."""
        inside = self.folder / self.name / "api"
        found = sorted(path.relative_to(self.folder) for path in inside.glob("*/*.py") if path.stem != "__init__")
        return {path.stem: self._module(".".join(path.with_suffix("").parts)) for path in found}

    @cached_property
    def models(self) -> ModuleType:
        return self._module(f"{self.name}.models")

    @cached_property
    def types(self) -> ModuleType:
        return self._module(f"{self.name}.types")

    def by(self, token: str) -> "Caller":
        client = self._module(f"{self.name}.client")
        return Caller(self, client.AuthenticatedClient(base_url=self.url, token=token))

    def _module(self, name: str) -> ModuleType:
        if str(self.folder) not in sys.path:
            sys.path.insert(0, str(self.folder))
        return importlib.import_module(name)


@dataclass(frozen=True)
class Caller:
    """Somebody with a token: `caller("get_ledgers_view", "children", limit=1)`."""

    package: Generated
    client: Any

    def __call__(self, operation: str, *path: Any, **more: Any) -> Any:
        """The answer: `status_code`, `headers`, `content`, and `parsed` as one of the package's models."""
        return self.package.calls[operation].sync_detailed(*path, client=self.client, **more)
