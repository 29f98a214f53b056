from __future__ import annotations

import pytest

from archiver.rechecking.bodies import ends, opened, refresh_of, revision_of


@pytest.mark.parametrize(
    ("markup", "target"),
    [
        (b'<meta http-equiv="refresh" content="0; url=/new">', "/new"),
        (
            b"<META content='5;URL=https://example.org/a?b=1&amp;c=2' HTTP-EQUIV=Refresh>",
            "https://example.org/a?b=1&c=2",
        ),
        (b'<meta http-equiv="refresh" content="0;https://example.org/x">', "https://example.org/x"),
        (b'<meta http-equiv="refresh" content="300">', None),
        (b'<meta http-equiv="refresh" content="600; url=/later">', None),
        (b'<noscript><meta http-equiv="refresh" content="0; url=/noscript"></noscript>', None),
        (b'<!-- <meta http-equiv="refresh" content="0; url=/old"> -->', None),
        (b'<script>\'<meta http-equiv="refresh" content="0; url=/js">\'</script>', None),
        (b'<meta name="description" content="0; url=/no">', None),
        (b"", None),
    ],
)
def test_where_a_page_sends_its_readers(markup: bytes, target: str | None) -> None:
    assert refresh_of(b"<!DOCTYPE html><head>" + markup + b"</head>") == target


def test_hostile_markup_takes_no_time() -> None:
    for piece in (
        b"<meta ",
        b"<!--",
        b"<script>",
        b'<meta http-equiv="refresh" content="',
        b"<meta http-equiv=refresh content='0;url='",
    ):
        assert refresh_of(piece * 100_000) is None


def test_the_revision_and_the_end() -> None:
    assert revision_of(b'RLCONF={"wgCurRevisionId":12,"wgRevisionId":11};') == "11"
    assert revision_of(b"wgRevisionId: 0") is None
    assert ends(b"<p>x</p></BODY></html>\n<!-- served in 3 ms -->")
    assert not ends(b"<p>and then")


def test_codings_are_undone_or_it_is_not_had() -> None:
    import gzip

    packed = gzip.compress(b"<p>x</p>")
    assert opened(packed, "gzip") == b"<p>x</p>"
    assert opened(packed[:-9], "gzip") is None
