"""The language of running text: by its script, its commonest words, and beyond these by its letters."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dateline.transforms.clean.language import detect


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The council said on Monday that the bridge would be closed for the rest of the year."),
        ("de", "Der Rat hat am Montag mitgeteilt, dass die Brücke bis zum Ende des Jahres gesperrt wird."),
        ("pt", "A câmara informou na segunda-feira que a ponte não vai abrir até ao fim do ano."),
        ("ja", "市議会は月曜日、橋を年末まで閉鎖すると発表した。"),
        ("ar", "أعلن المجلس يوم الاثنين أن الجسر سيظل مغلقا حتى نهاية العام."),
        # No list of common words holds these.
        ("fi", "Kaupunginvaltuusto kertoi maanantaina, että vanha silta pysyy suljettuna vuoden loppuun asti, koska kannet ovat vaurioituneet myrskyssä ja korjaus vie kuukausia. Liikenne ohjataan pohjoisen kautta."),
        ("hu", "A városi tanács hétfőn közölte, hogy a régi híd az év végéig zárva marad, mert a vihar megrongálta, és a javítás hónapokig tart. A forgalmat az északi úton vezetik el, mondta a polgármester."),
        ("cs", "Městská rada v pondělí oznámila, že starý most zůstane zavřený do konce roku, protože ho poškodila bouře a oprava potrvá několik měsíců. Doprava vede severní silnicí."),
    ],
)  # fmt: skip
def test_language_of_running_text(language: str, text: str) -> None:
    assert detect(text) == language


def test_a_few_words_are_judged_by_the_commonest_alone() -> None:
    assert detect("Die Brücke bleibt gesperrt") == "de"
    assert detect("Brenton Harlow") == "en"


def test_plain_english_does_not_load_the_model_of_letters() -> None:
    text = "The council said on Monday that the bridge would be closed for the rest of the year. " * 4
    program = f"import sys; from dateline.transforms.clean.language import detect; detect({text!r}); sys.exit('py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "language"),
    [("Le maire de Varn a démissionné mardi.", "fr"), ("La alcaldesa de Varn dimite el martes.", "es")],
)
def test_names_of_days_settle_what_few_words_leave_open(text: str, language: str) -> None:
    assert detect(text) == language
