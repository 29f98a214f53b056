import pytest

from archiver.reuse import ReuseText, press

OTHER = ReuseText("The quay is closed.", url="https://gazette.example/1")


@pytest.mark.parametrize(
    "text",
    [
        ReuseText("FOR IMMEDIATE RELEASE\nThe quay is closed."),
        ReuseText("Der Kai ist zu.\nPM Hafen/fh"),
        ReuseText("Der Kai ist zu.\nPressekontakt: Ida Holm"),
        ReuseText("The quay is closed.", url="https://harbour.example/press-releases/12"),
        ReuseText("码头关闭。新闻稿"),
    ],
)
def test_what_a_press_release_is_told_by(text: ReuseText) -> None:
    assert press.signs(text, OTHER)
    assert press.signs(OTHER, text)


@pytest.mark.parametrize(
    "text", ["The quay is closed, the PM said.", "The press released a man.", "He made a statement."]
)
def test_what_is_none(text: str) -> None:
    assert press.signs(ReuseText(text), OTHER) == []


def test_an_issuer_is_named_beside_its_statement() -> None:
    printed = ReuseText("The Gazette said in a statement that the quay is closed.", url="https://b.example/")
    assert "Gazette" in press.issued(OTHER, printed)
    assert press.issued(OTHER, ReuseText("We read the Gazette in the morning.")) == ""
