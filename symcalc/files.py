"""Files that are replaced as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from symcalc.errors import SymcalcError


def replace(target: Path, text: str) -> None:
    """Write the text beside the target and rename it, so that nobody ever sees half a file.

    Raises SymcalcError("usage"); the target is then as it was.
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, prefix=".symcalc-", delete=False) as file:
            temporary = Path(file.name)
            file.write(text)
        temporary.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise SymcalcError("usage", f"cannot write {target}: {error.strerror}", code="output") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
