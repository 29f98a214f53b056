import pytest

from archiver.reuse import ReuseText, names


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("SUND (Reuters) - The quay is closed.", "Reuters"),
        ("El muelle está cerrado.\nPor Agencia EFE", "EFE"),
        ("Der Kai ist zu. dpa/sh", "dpa"),
        ("The quay is closed.\nAssociated Press", "AP"),
        ("（新华社）码头关闭。", "Xinhua"),
        ("부두가 폐쇄되었다.\n연합뉴스", "Yonhap"),
    ],
)
def test_a_text_is_signed_by_its_agency(text: str, agency: str) -> None:
    assert names.agencies_of(ReuseText(text)) == {agency}


@pytest.mark.parametrize(
    "text", ["According to Reuters the quay is closed.", "Photo: AP Photo/Ida Holm", "Apa is a town."]
)
def test_to_name_an_agency_is_no_signature(text: str) -> None:
    assert names.agencies_of(ReuseText(text)) == frozenset()


def test_given_agencies_are_told_by_one_name() -> None:
    assert names.agencies_of(ReuseText("", agencies=("Thomson Reuters", "Sund Wire"))) == {"Reuters", "Sund Wire"}


def test_a_credit_amid_a_page_is_seen_beside_what_is_shared() -> None:
    page = "menu line\n" * 300 + "Agencia EFE\nEl muelle." + "\nother line" * 300
    at = page.index("El muelle")
    assert names.agencies_of(ReuseText(page)) == frozenset()
    assert names.agencies_of(ReuseText(page), at, at + 9) == {"EFE"}


def test_a_paper_is_called_by_its_site_name_and_host() -> None:
    assert names.outlets_of(ReuseText("", url="https://www.nbcnews.com/a", outlets=("NBC News",))) == {
        "nbcnews",
        "NBC News",
    }
    assert names.outlets_of(ReuseText("", url="https://news.example.co.uk/a")) == {"example"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The quay, according to NBC News, is closed.", "according to NBC News"),
        ("NBC News first reported the closing.", "NBC News first reported"),
        ("He told the NBC News that it is closed.", "told the NBC News"),
        ("Die Sperre gilt laut NBC News ab Mai.", "laut NBC News"),
        ("The works of NBC News are in the harbour.", ""),
        ("nbc news reported nothing.", ""),
    ],
)
def test_a_source_is_cited_beside_a_word_of_citing(text: str, words: str) -> None:
    assert names.cited(text, ["nbcnews"]) == words


@pytest.mark.parametrize("name", ["", "***", "-", "x" * 5000])
def test_what_is_no_name_is_not_looked_for(name: str) -> None:
    assert names.cited("According to *** nobody knows.", [name]) == ""
    assert names.named("***", [name]) == []


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("Independent reports put the number at nineteen.", "independent", ""),
        ("Independent experts reported more cracks.", "independent", ""),
        ("Spiegel berichtete am Montag davon.", "spiegel", "Spiegel berichtete"),
        ("Reuters first reported it.", "Reuters", "Reuters first reported"),
        ("That is what the Independent reports.", "independent", "Independent reports"),
        ("Aus aller Welt berichten Reisende davon.", "welt", ""),
    ],
)
def test_a_word_that_begins_a_sentence_is_no_paper(text: str, name: str, words: str) -> None:
    assert names.cited(text, [name]) == words


@pytest.mark.parametrize("text", ["The quay on Monday (AFP/Getty Images)\nIt is closed.", "© AFP\nThe quay is closed."])
def test_a_picture_s_credit_is_no_signature(text: str) -> None:
    assert names.agencies_of(ReuseText(text)) == frozenset()


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("as the New York Times reported on Monday", "times", ""),
        ("as the Herald Tribune reported on Monday", "Herald", ""),
        ("he told the Herald Tuesday", "Herald", "told the Herald"),
        ("wie das Nachrichtenmagazin Spiegel berichtet", "spiegel", "Spiegel berichtet"),
        ("Laut Spiegel ist der Kai zu.", "spiegel", "Laut Spiegel"),
        ("According to The Coast Herald, it is shut.", "Coast Herald", "According to The Coast Herald"),
        ("he told Reuters News on Monday", "Reuters", "told Reuters"),
    ],
)
def test_part_of_a_longer_name_is_another_paper(text: str, name: str, words: str) -> None:
    assert names.cited(text, [name]) == words


def test_a_platform_is_no_paper() -> None:
    assert names.outlets_of(ReuseText("", url="https://www.facebook.com/ann/1", outlets=("Facebook",))) == frozenset()
    assert names.outlets_of(ReuseText("", url="https://sund.wordpress.com/1")) == {"sund"}
