"""Make the secrets of a new installation: `python deploy/new_secrets.py [FOLDER]`, by default `deploy/secrets`.

Run once. A file that exists is never replaced, because data is sealed with it; to begin again, move the folder away.
Each service's token comes from the county's identity provider and is put beside these files by hand.
"""

import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from shared.privacy.keyring_file import generate_keyring, write_keyring

SERVICES = ("registry", "visits", "assistance", "supervision")
_MEMBERS = "mongo-1,mongo-2,mongo-3"
_MEMBER_KEY_BYTES = 512


def new_secrets(folder: Path, year: int) -> list[Path]:
    """The files made, readable by their owner alone. Raises FileExistsError before anything is written twice."""
    folder.mkdir(mode=0o700, parents=True)
    keyring = folder / "keyring.json"
    write_keyring(generate_keyring(prefix=str(year)), keyring)
    texts = {
        "mongo_key": secrets.token_urlsafe(_MEMBER_KEY_BYTES).replace("-", "+").replace("_", "/"),
        "mongo_admin_password": secrets.token_urlsafe(),
    }
    texts |= {f"mongo_uri_{service}": _mongo_uri(service) for service in SERVICES}
    return [keyring, *(_write(folder / name, text) for name, text in texts.items())]


def _mongo_uri(service: str) -> str:
    database = f"nol_{service}"
    return f"mongodb://{database}:{secrets.token_urlsafe()}@{_MEMBERS}/{database}?replicaSet=nol&authSource={database}"


def _write(path: Path, text: str) -> Path:
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(text + "\n", encoding="ascii")
    return path


def main(folder: Path) -> int:
    """Make them and say what is still to be done; 1 when the folder exists."""
    try:
        made = new_secrets(folder, datetime.now(UTC).year)
    except FileExistsError as error:
        print(f"{error.filename} exists already; nothing was changed.", file=sys.stderr)
        return 1
    print(*made, sep="\n")
    print(f"Still to come, from the identity provider: {', '.join(f'{folder}/token_{each}' for each in SERVICES)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("secrets")))
