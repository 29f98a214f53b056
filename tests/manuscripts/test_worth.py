from __future__ import annotations

import pytest
from manuscripts_helpers import markdown

from archiver.manuscripts.quotations import find_quotations
from archiver.manuscripts.worth import is_cited_title, is_short, is_title, says_translation


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("bridge", True),
        ("the bridge", True),
        ("the old bridge", False),
        ("4,200 drivers", False),
        ("好", True),
        ("这座桥每天有人走", False),
    ],
)
def test_too_few_words(words: str, short: bool) -> None:
    (passage,) = find_quotations(markdown(f"So “{words}” it is.")).passages
    assert is_short(passage) is short


def test_a_block_quote_is_never_too_short() -> None:
    (passage,) = find_quotations(markdown("> Yes.\n")).passages
    assert not is_short(passage)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("The Old Man and the Sea", True), ("Attention Is All You Need", True), ("How the West Was Won", True),
        ("The old man went to the sea", False), ("We Shall Overcome.", False), ("Bridge", False), ("Wir gehen nach Hause", False),
        ("they came from New York", False), ("WE WILL NEVER SURRENDER TO THEM", False),
    ],
)  # fmt: skip
def test_the_name_of_a_work(words: str, title: bool) -> None:
    (passage,) = find_quotations(markdown(f"In “{words}” it is.")).passages
    assert is_title(passage) is title


@pytest.mark.parametrize(
    ("note", "title"),
    [
        ("Jane Smith, “How the dam broke,” *The Guardian*, http://a.org", True),
        ("“How the dam broke,” http://a.org", False),
        ("“How the dam broke,” Smith v. Jones, http://a.org", False),
        ("Justice Alvarez, “how the dam broke,” http://a.org", False),
        ("Jane Smith writes: “how the dam broke,” http://a.org", False),
        ("She says in her paper, “how the dam broke,” http://a.org", False),
        ("“How the dam broke is known to all.” http://a.org", False),
        ("“How the dam broke,” she told the paper, http://a.org", False),
        ("王晓明, “最后的渡船”, http://a.org", True),
        ("Smith, J., “How the dam broke”, in: The Guardian, http://a.org", True),
    ],
)
def test_the_title_in_a_reference(note: str, title: bool) -> None:
    manuscript = markdown(f"Text.[^1]\n\n[^1]: {note}\n")
    (passage,) = find_quotations(manuscript).passages
    assert is_cited_title(passage, manuscript.blocks[passage.parts[0].block]) is title


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“one two three” (my translation)", True),
        ("„eins zwei drei“ (Übers. d. Verf.)", True),
        ("« un deux trois » (notre traduction)", True),
        ("“one two three [translation mine]”", True),
        ("“one two three” (author's trans.)", True),
        ("“one two three” (our transl.)", True),
        ("“one two three” (trans. by the author)", True),
        ("“un deux trois” (notre trad.)", True),
        ("“one two three” (trans. John Smith)", False),
        ("“one two three” in translation", False),
        ("“We published our translation in May”", False),
    ],
)
def test_what_is_called_a_translation(text: str, said: bool) -> None:
    manuscript = markdown(text)
    (passage,) = find_quotations(manuscript).passages
    assert says_translation(passage, manuscript.blocks, []) is said
    assert says_translation(passage, manuscript.blocks, ["Smith, own translation."])
