from archiver.reuse import words


def test_forms_that_fold_alike_share_a_code_in_all_texts() -> None:
    forms = words.Forms()
    one, two = words.read("The “Quay” closes", forms), words.read("the quay\u00ad, closes!", forms)
    assert one.codes == two.codes
    assert len(one) == 3


def test_a_span_of_characters_is_a_range_of_words() -> None:
    read = words.read("One two, three.", words.Forms())
    assert (read.start(1), read.end(1)) == (4, 7)
    assert read.range_of(4, 7) == (1, 2)
    assert read.range_of(5, 10) == (1, 3)
    assert read.gap(2) == ", "


def test_scripts_without_spaces_are_told() -> None:
    assert words.read("港务局决定", words.Forms()).unspaced
    assert not words.read("the quay 港", words.Forms()).unspaced
