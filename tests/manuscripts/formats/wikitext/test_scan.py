"""Where templates, links, references and code begin and end."""

from __future__ import annotations

from archiver.manuscripts.formats.wikitext.scan import scan


def test_nodes() -> None:
    source = "{{a|[[b|c]]|{{d}}}} <ref name=x>y</ref><ref name=z /><nowiki>{{</nowiki><!-- [[ -->"
    found = scan(source)
    assert not found.troubles
    outer = found.nodes[0]
    assert [source[start:end] for start, end in outer.parts] == ["a", "[[b|c]]", "{{d}}"]
    assert source[outer.after] == " "
    assert {node.kind for node in found.nodes.values()} == {"{{", "[[", "ref", "ref/", "nowiki", "comment"}
    assert [node.attributes.strip() for node in found.nodes.values() if node.kind.startswith("ref")] == [
        "name=x",
        "name=z",
    ]


def test_what_is_left_open() -> None:
    found = scan("{{a|[[b}}\n<ref>{{c</ref>\n[[d\n<ref>e\n\n<pre>f")
    assert [(trouble.line, trouble.why.split(" is ")[0]) for trouble in found.all_troubles()] == [
        (1, "a link"), (2, "a template"), (3, "a link"), (4, "a reference"), (6, "<pre>"),
    ]  # fmt: skip
    assert found.nodes[0].after == 9


def test_many_faults_are_counted() -> None:
    troubles = scan("[[a\n" * 100).all_troubles()
    assert len(troubles) == 21
    assert "80 more" in troubles[-1].why
