"""Clients that a public generator makes from the documents that the suite serves, as docs/integrators.md tells."""

import importlib
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from services.cli.suite import Suite
from tests.documents.documents import ROOT, blocks

GENERATOR = Path(sys.executable).with_name("openapi-python-client")
[CONFIGURATION] = [block.code for block in blocks(ROOT / "docs" / "integrators.md", "yaml")]


def generate(suite: Suite, service: str, folder: Path) -> "Generated":
    """Raises AssertionError when the generator leaves anything out, or says a word about it."""
    configuration, name = folder / "client.yaml", f"{service}_client"
    configuration.write_text(CONFIGURATION, "utf-8")
    url = f"{suite.url(service)}/api/v1/openapi.json"
    command = [GENERATOR, "generate", "--url", url, "--meta", "none", "--fail-on-warning"]
    said = subprocess.run(
        [*command, "--output-path", name, "--config", configuration],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
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
