"""``archive.toml``: what is wrong with it is said in one sentence that names the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archiver.archive import FORMAT, Config, config, locate
from archiver.archive.config import VARIABLE
from archiver.errors import ArchiveError, InputError, WrongFormat
from archiver.signing import SigningKey

KEY = SigningKey.generate("archiver.invalid/test").public
GOOD = Config(KEY.name, KEY.vkey)


def test_settings_survive_their_file() -> None:
    chosen = Config(KEY.name, KEY.vkey, read_only=True, user_agent='a "b" \\ \u00fc', timeout=1.5, jobs=3)
    assert config.parse(chosen.to_toml(), Path("x")) == chosen
    assert config.parse(GOOD.to_toml(), Path("x")).verifier == KEY


def test_an_integer_will_do_for_seconds() -> None:
    assert config.parse(GOOD.to_toml().replace(b"timeout = 60.0", b"timeout = 60"), Path("x")).timeout == 60


LINES = {
    "an unknown key": (b"jobs = 16", b"jobz = 16"),
    "a wrong type": (b"jobs = 16", b'jobs = "16"'),
    "a boolean for a number": (b"jobs = 16", b"jobs = true"),
    "a number for a boolean": (b"read_only = false", b"read_only = 0"),
    "a list": (b"jobs = 16", b"jobs = [16]"),
    "a float for an integer": (b"jobs = 16", b"jobs = 16.0"),
    "zero": (b"jobs = 16", b"jobs = 0"),
    "less than zero": (b"timeout = 60.0", b"timeout = -1.0"),
    "no number": (b"timeout = 60.0", b"timeout = nan"),
    "no end": (b"timeout = 60.0", b"timeout = inf"),
    "too much": (b"jobs = 16", b"jobs = 99999999999999999999"),
    "twice": (b"jobs = 16", b"jobs = 16\njobs = 16"),
    "no toml": (b"jobs = 16", b"jobs 16"),
    "no UTF-8": (b"jobs = 16", b"jobs = 16 # \xff"),
    "no key": (b"key =", b"# key ="),
    "no origin": (b"origin =", b"# origin ="),
    "another origin": (b'archiver.invalid/test"\nkey', b'archiver.invalid/tesu"\nkey'),
    "a key that does not match its hash": (b"invalid/test+", b"invalid/tesu+"),
    "deep nesting": (b"jobs = 16", b"jobs = " + b"[" * 50_000),
}


@pytest.mark.parametrize("case", LINES)
def test_what_is_wrong_is_one_sentence(case: str) -> None:
    old, new = LINES[case]
    data = GOOD.to_toml()
    assert old in data
    with pytest.raises(ArchiveError, match=r"archive\.toml") as raised:
        config.parse(data.replace(old, new), Path("folder/archive.toml"))
    assert "\n" not in str(raised.value)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("version", ["0", "2", "-1", "'1'", "1.0", "true", "[]"])
def test_another_format_is_left_as_it_is(version: str) -> None:
    data = GOOD.to_toml().replace(f"format = {FORMAT}".encode(), f"format = {version}".encode())
    with pytest.raises(WrongFormat, match="leaves the archive as it is"):
        config.parse(data, Path("x"))
    with pytest.raises(WrongFormat):
        config.parse(b"", Path("x"))


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 100, b"PK\x03\x04", b"[" * 10_000, bytes(range(256))])
def test_junk(data: bytes) -> None:
    with pytest.raises(ArchiveError) as raised:
        config.parse(data, Path("archive.toml"))
    assert "\n" not in str(raised.value)


def test_a_folder_without_one(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="There is no archive"):
        config.read(tmp_path)
    (tmp_path / "archive.toml").mkdir()
    with pytest.raises(ArchiveError, match="cannot be read"):
        config.read(tmp_path)


def test_where_the_archive_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    monkeypatch.setattr("platformdirs.user_data_dir", lambda name: f"/nowhere/{name}")
    assert locate(None) == (Path("/nowhere/archiver/archive"), True)
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "archive.toml").touch()
    assert locate(None) == (tmp_path / "archive", False)
    (tmp_path / "a" / "archive.toml").touch()
    assert locate(None) == (tmp_path / "a", False)
    monkeypatch.setenv(VARIABLE, "/there")
    assert locate(None) == (Path("/there"), False)
    assert locate(Path("x")) == (Path("x"), False)
    monkeypatch.setenv(VARIABLE, "")
    with pytest.raises(InputError, match="empty"):
        locate(None)


@pytest.mark.parametrize(
    "value",
    ['"https://example.org/"', "[5]", '["ftp://example.org/"]', '["https://a:b@example.org/"]', '["nonsense"]', "true"],
)
def test_authorities_that_cannot_be(value: str) -> None:
    text = GOOD.to_toml().decode()
    changed = text.replace("timestamp_authorities = []", f"timestamp_authorities = {value}")
    assert changed != text
    with pytest.raises(ArchiveError, match=r"authorit|address"):
        config.parse(changed.encode(), Path("x"))


def test_authorities_are_a_list() -> None:
    chosen = Config(KEY.name, KEY.vkey, timestamp_authorities=("https://example.org/tsr", "http://example.com"))
    assert config.parse(chosen.to_toml(), Path("x")) == chosen


def test_changed_values_leave_the_rest_of_the_file_as_it_is() -> None:
    data = GOOD.to_toml().replace(b"jobs = 16", b"jobs = 16  # as many as the line takes")
    changed = config.with_choices(data, {"timestamp_authorities": ("https://example.org/",), "timeout": 5.0}, Path("x"))
    assert config.changes(data, changed) == (
        "timeout: 60.0 → 5.0", 'timestamp_authorities: [] → ["https://example.org/"]',
    )  # fmt: skip
    assert b"# as many as the line takes" in changed
    spread = data.replace(b"timestamp_authorities = []", b'timestamp_authorities = [\n  "https://example.com/",\n]')
    changed = config.with_choices(spread, {"timestamp_authorities": ()}, Path("x"))
    assert config.parse(changed, Path("x")).timestamp_authorities == ()
    for choices in ({"colour": 1}, {"timestamp_authorities": ("ftp://example.org/",)}, {"jobs": 0}):
        with pytest.raises(ArchiveError):
            config.with_choices(data, choices, Path("x"))


def test_what_to_do_where_there_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"`archiver init .*new` makes one"):
        config.read(tmp_path / "new")
    (tmp_path / "passwd").touch()
    with pytest.raises(ArchiveError, match="in a folder of its own") as raised:
        config.read(tmp_path)
    assert f"init {tmp_path}" not in str(raised.value), "that would be refused"


def test_what_holds_where_nothing_is_said() -> None:
    """These numbers stand in the documents and in every archive that was made so far."""
    assert GOOD.to_toml().decode().split("\n")[1:] == [
        "format = 1", f'origin = "{KEY.name}"', f'key = "{KEY.vkey}"', "read_only = false", 'user_agent = ""', "timeout = 60.0",
        "max_body = 67108864", "jobs = 16", "per_host = 4", "timestamp_authorities = []", "",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["timeout", "max_body", "jobs", "per_host"])
def test_numbers_up_to_what_every_form_holds_exactly(name: str) -> None:
    line = next(line for line in GOOD.to_toml().splitlines() if line.startswith(name.encode()))
    for value, good in ((2**53, True), (2**53 + 2, False), (1, True), (0, False), (-1, False)):
        data = GOOD.to_toml().replace(line, f"{name} = {value}".encode())
        if good:
            assert getattr(config.parse(data, Path("x")), name) == value
        else:
            with pytest.raises(ArchiveError, match=f"{name} must be greater than 0"):
                config.parse(data, Path("x"))


def test_a_file_of_a_mebibyte_is_read_and_no_longer_one(tmp_path: Path) -> None:
    path, data = tmp_path / "archive.toml", GOOD.to_toml()
    path.write_bytes(data + b"#" * ((1 << 20) - len(data)))
    assert config.read(tmp_path)[0] == GOOD
    with path.open("ab") as file:
        file.write(b"#")
    with pytest.raises(ArchiveError, match="more than"):
        config.read(tmp_path)


def test_an_archive_in_an_object_store_is_told_from_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert str(config.named_store(Path("s3://bucket/prefix"))) == "s3://bucket/prefix"
    assert config.named_store(Path("folder")) is config.named_store(None) is None
    monkeypatch.setenv(VARIABLE, "s3://bucket/other")
    assert str(config.named_store(None)) == "s3://bucket/other"
    assert config.named_store(Path("folder")) is None, "the option counts, not the variable"
    with pytest.raises(InputError, match="s3://bucket/other lies in an object store"):
        locate(None)
    with pytest.raises(ArchiveError, match="s3://bucket/prefix lies in an object store"):
        config.read(Path("s3://bucket/prefix"))


def test_what_changed_is_told_shortly() -> None:
    old = b'a = 1\nb = "x"\nd = 1\n'
    new = b'# new\na = 2\nb = "x"\nc = "\xc3\xbc"\n'
    assert config.changes(old, new) == ("a: 1 → 2", "d: 1 → nothing", 'c: nothing → "\u00fc"')
    assert config.changes(old, old) == ()
    assert config.changes(old, old + b"# mine\n") == ("only comments or spelling",)
    assert config.changes(b"a =", old) == config.changes(b"\xff", old) == ("it cannot be read as TOML",)
    for length, shown in ((58, 60), (59, 60), (500, 60)):
        (told,) = config.changes(b"", b'a = "' + b"x" * length + b'"')
        words = told.removeprefix("a: nothing → ")
        assert len(words) == shown
        assert words.endswith("…") is (length > 58)


def test_only_the_switch_to_read_only_is_that() -> None:
    data = GOOD.to_toml()
    switched = config.with_read_only(data)
    assert config.parse(switched, Path("x")) == replace(GOOD, read_only=True)
    assert switched == data.replace(b"read_only = false", b"read_only = true")
    without = data.replace(b"read_only = false\n", b"")
    assert config.with_read_only(without) == without + b"read_only = true\n"
    for old in (data, without):
        assert config.only_read_only(old, config.with_read_only(old))
        assert config.only_read_only(
            old, config.with_read_only(old).replace(b"read_only = true", b"  read_only=true # so")
        )
        assert not config.only_read_only(config.with_read_only(old), old)
        assert not config.only_read_only(old, old)
        assert not config.only_read_only(old, config.with_read_only(old) + b"# mine\n")
        assert not config.only_read_only(old, config.with_read_only(old).replace(b"jobs = 16", b"jobs = 17"))
