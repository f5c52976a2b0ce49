"""What every use case gets: the store, the clock, who acts and where large files lie."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.base.clock import Clock, utc_now
from desktop.base.errors import AppError, ErrorKind
from desktop.base.paths import Home
from desktop.domain.wizard.heads import KEPT
from desktop.models.engine import Store
from desktop.models.opening import open_database
from desktop.services.fleet_index import FleetIndex
from desktop.services.wizard_memory import WizardMemory


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a technician, or the program itself with an empty id."""

    id: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """The surroundings of a use case; `files` is the folder of attachments too large for the database.

    `fleet` remembers what the devices' newest snapshots say, `wizards` the checklists in force, as long as the program
    runs.
    """

    store: Store
    clock: Clock
    actor: Actor
    files: Path
    fleet: FleetIndex = field(default_factory=FleetIndex, compare=False, repr=False)
    wizards: WizardMemory = field(default_factory=WizardMemory, compare=False, repr=False)

    def acting_as(self, actor: Actor) -> Work:
        """Return the same surroundings for somebody else."""
        return replace(self, actor=actor)


def database_path(home: Home) -> Path:
    """Return where the Desk keeps its database."""
    return home.data / "ersthelfer.db"


def files_folder(home: Home) -> Path:
    """Return where the Desk keeps attachments of more than 256 KiB."""
    return home.data / "files"


def post_folder(home: Home) -> Path:
    """Return where the Desk keeps its outbox and what it knows of the mailbox."""
    return home.data / "post"


def card_copy(home: Home) -> Path:
    """Return the company's own signed card: where it lies a company was set up, with a database beside it."""
    return post_folder(home) / "org.json"


def open_store(home: Home) -> Store:
    """Open the database, making or upgrading it where needed; one that a company lost is damage, not a new one.

    Raises AppError `store.newer`, `store.damaged`, `store.network_path`, `store.synchronised_path`, `store.busy`,
    `store.full`, `store.read_only`, `store.unreachable`.
    """
    path = database_path(home)
    try:
        home.ensure()
    except OSError as error:
        raise _fault("store.unreachable", path, str(error)) from error
    if _is_emptied(path) and card_copy(home).exists():
        raise _fault("store.damaged", path, "0 bytes")
    return open_database(path)


def _is_emptied(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0


def _fault(code: str, path: Path, detail: str) -> AppError:
    return AppError(code, kind=ErrorKind.ENVIRONMENT, parameters={"path": str(path)}, detail=detail)


def open_work(home: Home, clock: Clock = utc_now, *, technician_id: str = "") -> Work:
    """Open the store as the named technician, or as the first active one.

    The caller closes `work.store`. Raises AppError as `open_store` does.
    """
    store = open_store(home)
    memory = WizardMemory(shelf=home.data / KEPT)
    return Work(store, clock, _actor(store, technician_id), files_folder(home), wizards=memory)


def _actor(store: Store, technician_id: str) -> Actor:
    from desktop.models.technician_queries import find_technician

    with store.reading() as connection:
        found = find_technician(connection, technician_id)
    return Actor(found.id, found.name) if found else Actor()
