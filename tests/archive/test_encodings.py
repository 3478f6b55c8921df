"""Bytes in other encodings than UTF-8: the right one is offered, with the words it gives; none is taken unasked."""

import pytest

from adaem_core.archive.encodings import decode
from adaem_core.errors import BadInput
from tests.rows import every_row

SPOKEN = {
    "ru": "Должны ли города закрыть центр для машин?\nСправедливо ли платить всем поровну?",
    "uk": "Чи мають міста закрити центр для автівок?\nЧи справедливо платити всім порівну, її та їхнім?",
    "zh": "城市应该禁止私家车吗？\n说谎有时是对的吗？",
    "tw": "城市應該禁止私家車嗎？\n說謊有時是對的嗎？",
    "ko": "도시는 자동차를 금지해야 합니까?\n거짓말이 옳을 때도 있습니까?",
    "ja": "都市は自動車を禁止すべきですか？\n嘘は正しいことがありますか？",
    "pl": "Czy miasta powinny zakazać samochodów?\nCzy kłamstwo bywa słuszne, gdy ktoś źle się czuje?",
    "el": "Πρέπει οι πόλεις να απαγορεύσουν τα αυτοκίνητα;\nΕίναι ποτέ σωστό το ψέμα;",
    "tr": "Şehirler arabaları yasaklamalı mı?\nYalan söylemek hiç doğru olur mu?",
    "ar": "هل يجب على المدن حظر السيارات؟\nهل الكذب صحيح أحيانا؟",
    "th": "เมืองควรห้ามรถยนต์หรือไม่\nการโกหกถูกต้องหรือไม่",
    "de": "Dürfen Städte Autos verbieten?\nIst Lügen je schön?",
    "he": "האם על הערים לאסור מכוניות?\nהאם מותר לשקר?",
}


@every_row(
    "language, encoding",
    [
        ("ru", "koi8_r"),
        ("ru", "cp1251"),
        ("ru", "mac_cyrillic"),
        ("ru", "cp866"),
        ("ru", "iso8859_5"),
        ("uk", "koi8_u"),
        ("zh", "gbk"),
        ("tw", "big5"),
        ("ko", "euc_kr"),
        ("ja", "shift_jis"),
        ("ja", "euc_jp"),
        ("pl", "iso8859_2"),
        ("pl", "cp1250"),
        ("el", "cp1253"),
        ("tr", "cp1254"),
        ("ar", "cp1256"),
        ("th", "cp874"),
        ("de", "cp1252"),
        ("de", "mac_roman"),
        ("he", "cp1255"),
    ],
)
def test_the_right_encoding_is_among_those_offered(language: str, encoding: str) -> None:
    content = f"question\n{SPOKEN[language]}\n"
    with pytest.raises(BadInput) as caught:
        decode("a.csv", content.encode(encoding))
    assert any(line[:60] in str(caught.value) for line in SPOKEN[language].split("\n")) and "--encoding" in str(caught.value)


def test_zero_bytes_in_a_text_go_and_are_told_and_none_is_told_of_a_text_without() -> None:
    assert decode("a.csv", b"question\nIs\0 it?\0\n" + b"Is it so?\n" * 9) == (
        "question\nIs it?\n" + "Is it so?\n" * 9,
        "UTF-8; zero bytes left out: 2",
    )
    assert decode("a.csv", b"Is it?") == ("Is it?", "UTF-8")
