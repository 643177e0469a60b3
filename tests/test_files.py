"""A file is replaced as a whole or not at all, and nothing but files is replaced."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from symcalc import files
from symcalc.errors import SymcalcError


def test_a_new_file_and_a_replaced_one(tmp_path):
    target = tmp_path / "a.tex"
    files.replace(target, "x\n")
    assert target.read_text() == "x\n"
    target.chmod(0o640)
    files.replace(target, "λ\n")
    assert target.read_text("utf-8") == "λ\n"
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.tex"]


@pytest.mark.parametrize("fails", ["write", "chmod", "replace", "interrupt"])
def test_a_failure_leaves_the_old_file_as_it_was(tmp_path, monkeypatch, fails):
    target = tmp_path / "a.tex"
    target.write_text("old")

    def failing(*_, **__):
        raise KeyboardInterrupt if fails == "interrupt" else OSError(28, "No space left on device")

    text = "new"
    if fails == "write":
        text = "\ud800"  # cannot be encoded
    else:
        monkeypatch.setattr(Path, "chmod" if fails == "chmod" else "replace", failing)
    with pytest.raises(KeyboardInterrupt if fails == "interrupt" else SymcalcError) as caught:
        files.replace(target, text)
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.tex"]
    if fails in ("chmod", "replace"):
        assert "No space left on device" in str(caught.value)


def test_a_reader_never_sees_half_a_file(tmp_path):
    target, ends = tmp_path / "a.tex", threading.Event()
    versions = {letter * 200_000 for letter in "abc"}
    files.replace(target, "a" * 200_000)
    seen = set()

    def read():
        while not ends.is_set():
            seen.add(target.read_text())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(30):
        for text in sorted(versions):
            files.replace(target, text)
    ends.set()
    reader.join()
    assert seen <= versions


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.tex").write_text("old")
    (tmp_path / "link.tex").symlink_to("real.tex")
    files.replace(tmp_path / "link.tex", "new")
    assert (tmp_path / "link.tex").is_symlink()
    assert (tmp_path / "real.tex").read_text() == "new"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe.tex"
    os.mkfifo(pipe)
    found = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_text()))
    reader.start()
    files.replace(pipe, "new")
    reader.join(10)
    assert found == ["new"]
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["missing/a.tex", ".", "a\x00b.tex", "\ud800.tex", "n" * 300 + ".tex"])
def test_what_cannot_be_written_is_an_error(tmp_path, name):
    (tmp_path / "dir").mkdir()
    with pytest.raises(SymcalcError, match="cannot write") as caught:
        files.replace(tmp_path / name, "x")
    assert caught.value.exit == 2
    assert os.listdir(tmp_path) == ["dir"]
