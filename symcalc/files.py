"""Files that are replaced as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from symcalc.errors import SymcalcError


def replace(target: Path, text: str) -> None:
    """Write the text beside the target and rename it, so that nobody ever sees half a file. Where the target is a link, the
    file it leads to is replaced; a device or a pipe is written to.

    Raises SymcalcError("usage"); the target is then as it was.
    """
    try:
        real = Path(os.path.realpath(target))
        if real.exists() and not real.is_file() and not real.is_dir():
            real.write_text(text, encoding="utf-8")
        else:
            _rename_onto(real, text)
    except (OSError, ValueError) as error:  # a name may hold what no file system takes
        reason = getattr(error, "strerror", None) or "this is no name of a file"
        raise SymcalcError("usage", f"cannot write {target}: {reason}", code="output") from None


def _rename_onto(target: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=target.parent, prefix=".symcalc-", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(text)
            file.flush()
            mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
            temporary.chmod(mode)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
