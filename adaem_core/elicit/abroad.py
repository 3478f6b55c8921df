"""The labels of an answer, and its stance, in the words of other languages: models that answer in English still translate the form.

Data flow: `prepared reply → in_english → its labels in English`; `decoded value → keys_in_english`; `words in the stance's place → stance_abroad`.
"""

import re
from collections.abc import Mapping
from typing import Any

from adaem_core.elicit.refusal import without_accents

LABELS: Mapping[str, str] = {
    "stance": "postura, posición, posicionamiento, prise de position, haltung, standpunkt, stellungnahme, einstellung, posição, posicionamento, posizione,"
    " presa di posizione, standpunt, houding, stanowisko, позиция, позиція, postoj, stanovisko, álláspont, ståndpunkt, ställningstagande, holdning, kanta,"
    " kannanotto, tutum, duruş, lập trường, quan điểm, sikap, posisi, 立场, 立場, 态度, スタンス, 입장, 태도, الموقف, موقف, موضع, עמדה, रुख, पक्ष, จุดยืน, θέση, msimamo, poziție, tindig",
    "key points": "puntos clave, puntos principales, points clés, points-clés, points principaux, points essentiels, kernpunkte, hauptpunkte, schlüsselpunkte, wichtigste punkte, kernargumente,"
    " pontos chave, pontos-chave, pontos principais, punti chiave, punti principali, kernpunten, belangrijkste punten, kluczowe punkty, główne punkty, ключевые моменты, ключевые пункты,"
    " ключевые тезисы, основные пункты, основные тезисы, тезисы, ключові моменти, ключові пункти, klíčové body, hlavní body, főbb pontok, nyckelpunkter, viktiga punkter, hovedpunkter,"
    " nøglepunkter, keskeiset kohdat, pääkohdat, anahtar noktalar, ana noktalar, các điểm chính, điểm chính, luận điểm chính, poin kunci, poin utama, poin-poin utama, 要点, 要點, 关键点, 关键要点, 主要观点,"
    " 主要论点, 論点, 主なポイント, 重要なポイント, キーポイント, 핵심 사항, 핵심 요점, 핵심 포인트, 주요 논점, 주요 포인트, النقاط الرئيسية, نقاط رئيسية, نکات کلیدی, נקודות מפתח, נקודות עיקריות,"
    " मुख्य बिंदु, ประเด็นสำคัญ, ประเด็นหลัก, βασικά σημεία, κύρια σημεία, argumentos, argumente, argumenten, argomenti, аргументы, puncte cheie, hoja kuu",
    "point": "punto, punto clave, punkt, point clé, ponto, ponto chave, punto chiave, punt, пункт, тезис, bod, piste, nokta, điểm, luận điểm, poin, 观点, 觀點, 论点, ポイント, 主張, 요점, 포인트, 논점,"
    " النقطة, نقطة, نکته, נקודה, बिंदु, ประเด็น, σημείο, argumento, argomento, аргумент, kernpunkt, titel, título, titre, titolo, hoja",
    "justification": "justificación, explicación, razón, motivo, raison, explication, begründung, rechtfertigung, erklärung, erläuterung, justificativa, justificação, explicação, razão, giustificazione,"
    " motivazione, spiegazione, rechtvaardiging, onderbouwing, uitleg, uzasadnienie, обоснование, объяснение, пояснение, обґрунтування, пояснення, zdůvodnění, odůvodnění, indoklás, motivering, begrundelse,"
    " begrunnelse, perustelu, perustelut, gerekçe, açıklama, lý do, giải thích, alasan, penjelasan, justifikasi, 理由, 论据, 論據, 解释, 说明, 論拠, 根拠, 説明, 근거, 이유, 설명, التبرير, تبرير, السبب, توجیه,"
    " دلیل, נימוק, הצדקה, औचित्य, कारण, तर्क, เหตุผล, αιτιολόγηση, justificare, uhalalishaji",
}
STANCES: Mapping[str, str] = {
    "yes": "y, sí, si, oui, ja, sim, sì, tak, да, так, ano, áno, igen, kyllä, evet, có, ya, ndiyo, 是, 是的, 赞成, 贊成, 支持, 同意, 肯定, はい, 賛成, 예, 네, 그렇다, 찬성, نعم, بله, آری, כן, हाँ, हां, ใช่, เห็นด้วย, ναι,"
    " a favor, de acuerdo, dafür, zustimmung, pour, d'accord, favorable, за, oo",
    "no": "n, non, nein, não, nee, nie, нет, ні, ne, nem, nej, nei, ei, hayır, không, tidak, hapana, 否, 不, 不是, 反对, 反對, 不同意, 不支持, 否定, いいえ, 反対, 아니요, 아니오, 아니다, 반대, لا, نه, خیر, לא, नहीं, ไม่, ไม่ใช่,"
    " ไม่เห็นด้วย, όχι, en contra, dagegen, ablehnung, contre, против, contro, contra, hindi",
    "neutral": "neutro, neutra, neutre, neutrale, neutraal, neutralny, neutralna, neutralne, нейтрально, нейтральная, нейтральный, нейтральна, neutrální, semleges, neutralt, neutraali, nötr, tarafsız, trung lập, netral,"
    " 中立, 中立的, 中性, 中立です, 중립, 중립적, محايد, محايدة, بی‌طرف, خنثی, ניטרלי, तटस्थ, เป็นกลาง, ουδέτερο, ουδέτερη, neutru",
}


def bare(words: str) -> str:
    """Return words without accents, blanks, marks, digits and case."""
    return re.sub(r"[\W\d_]+", "", without_accents(words.casefold()))


def by_word(told: Mapping[str, str]) -> dict[str, str]:
    """Return the English word for each foreign one, without its accents and blanks."""
    return {bare(word): english for english, words in told.items() for word in words.split(", ")}


LABEL_OF, STANCE_OF = by_word(LABELS), by_word(STANCES)
LABEL = re.compile(
    r"^(?P<lead>[\s#>*_•\-–【\[]{0,12})(?P<label>[^\W\d_][^\n:：*_】\]]{0,30}?)(?P<number>\s?\d{1,2})?(?P<end>[\s*_】\]]{0,4}[:：]|[\s*_】\]]{0,4}$)",
    re.MULTILINE,
)
END = re.compile(r"[(（\[,，.。;；:：!！—–/]|\s-\s")


def in_english(text: str) -> str:
    """Return a reply with the labels of its form in English, and a stance right after its label."""
    return LABEL.sub(label_in_english, text)


def label_in_english(found: re.Match[str]) -> str:
    """Return a label at the beginning of a line in English; as it stands where it is none that is known."""
    english = LABEL_OF.get(bare(found["label"]))
    # Alone on a line only what announces the points is a label: "Motivo" may be the title of one.
    if english is None or (english in ("point", "justification") and found["end"].strip(" *_】]") not in (":", "：")):
        return found[0]
    return f"{found['lead'].strip('【[')}{english.title() if english == 'key points' else english.capitalize()}{found['number'] or ''}{found['end'].replace('】', '').replace(']', '')}"


def keys_in_english(value: Any) -> Any:
    """Return a decoded value whose keys are those of the form in English."""
    if isinstance(value, dict):
        return {key_in_english(str(key)): keys_in_english(each) for key, each in value.items()}
    return [keys_in_english(each) for each in value] if isinstance(value, list) else value


def key_in_english(key: str) -> str:
    """Return a key in English, with the number it ends with; as it stands where it is none that is known."""
    english = LABEL_OF.get(bare(key)) if len(key) <= 40 else None
    return f"{english}{re.sub(r'[^0-9]', '', key)}" if english else key


def stance_abroad(phrase: str) -> str | None:
    """Return yes, no or neutral for words in another language that stand alone, or before a bracket or a stop; None for others."""
    return STANCE_OF.get(bare(END.split(phrase.strip(" *_\"'“”"), maxsplit=1)[0]))
