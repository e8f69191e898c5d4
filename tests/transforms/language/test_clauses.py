"""Clauses, each on sentences of our own: who does what, and how clauses hang together."""

from __future__ import annotations

import pytest

from dateline.transforms import language
from dateline.transforms.model import Clause, Parse, Run, span_of
from tests.quality.predict import bare_article


def parsed(text: str) -> Parse:
    return language.parse(bare_article(text))


def words(parse: Parse, run: Run | None) -> str:
    return " ".join(parse.words[run.first : run.last]) if run else ""


def clause(parse: Parse, lemma: str) -> Clause:
    return next(c for c in parse.clauses if c.verb.lemma == lemma)


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "objects"),
    [
        ("Ana Ruiz, 51, mayor of Lund, on Tuesday signed the deal.", "sign", "Ana Ruiz", ["the deal"]),
        # What says how near a number is belongs to its phrase, and governs nothing.
        (
            "Ruiz said the council opposed a dam in Lund, where over one million people have taken shelter.",
            "oppose",
            "the council",
            ["a dam"],
        ),
        (
            "Ruiz said the council opposed a dam in Lund, where over one million people have taken shelter.",
            "take",
            "over one million people",
            ["shelter"],
        ),
        (
            "He left Lund, where more than a million people are hiding.",
            "hide",
            "more than a million people",
            [],
        ),
        ("At least 40 people died in the port.", "die", "At least 40 people", []),
        ("Police said over two hundred people had left.", "leave", "over two hundred people", []),
        ("The remaining 14 council members voted for it.", "vote", "The remaining 14 council members", []),
        # A noun that looks like a verb, and a quotation that begins within a verb group.
        ("Ruiz stressed the urgent need to protect the valley.", "protect", "Ruiz", ["the valley"]),
        ("The poor need to eat bread.", "eat", "The poor", ["bread"]),
        ('Ruiz has "repeatedly warned" the union.', "warn", "Ruiz", ["the union"]),
        # A year before a subject is the time of its clause.
        ("In 1987 the station dismissed her during a round of cuts.", "dismiss", "the station", ["her"]),
        ("By 2019 the firm owed two banks.", "owe", "the firm", ["two banks"]),
        # "Her" before an article owns nothing.
        ("The board will pay her a pension.", "pay", "The board", ["her", "a pension"]),
        # The noun of a trade behind another noun, a plural behind a verb, and a promise.
        (
            "Giles Morton, 61, who admitted money laundering, will be fined in May.",
            "fine",
            "Giles Morton",
            [],
        ),
        ("The firm offered shareholders a premium.", "offer", "The firm", ["shareholders", "a premium"]),
        ("The line thanked riders and promised full refunds.", "promise", "The line", ["full refunds"]),
        # Who hears is not who did what a participle tells.
        ("She told residents in a video posted online that she would go.", "tell", "She", ["residents"]),
        # What is named has no clause of its own.
        ('Ruiz sang, calling her "the voice that a nation trusted".', "trust", "a nation", []),
        # Past forms behind an aside, whatever their tag.
        ("The trader, who admitted price fixing, resigned.", "resign", "The trader", []),
        ("The guard, who had slept, fled when police came.", "flee", "The guard", []),
        ("Ana Ruiz, 61, whose son died, sued.", "sue", "Ana Ruiz", []),
        ("Ana Ruiz, mayor of Lund, resigned on Monday.", "resign", "Ana Ruiz", []),
        ("The ferry, a catamaran, sank off Lund.", "sink", "The ferry", []),
        ("A neighbour said police sealed off the yard.", "seal off", "police", ["the yard"]),
        ("Ilse Brandt said it would rain in Lund.", "rain", "it", []),
        ("The talks were broadcast on the radio.", "broadcast", "The talks", []),
        ("Ruiz said the boats that were built in Lund and Oslo have sunk.", "sink", "the boats", []),
        ("Officials say the dam -- built in 1950 -- has failed.", "fail", "the dam", []),
        (
            "Nurses said the number of people hit by cholera in Lund and Oslo -- the worst towns -- has passed 900.",
            "pass",
            "the number of people",
            ["900"],
        ),
        (
            "The head of the port in Lund left the city.",
            "leave",
            "The head of the port in Lund",
            ["the city"],
        ),
        ("The man who shot Duran was held on Monday.", "hold", "The man", []),
        ("The vote, Ruiz said on Friday, was lost.", "lose", "The vote", []),
        ("Korvath, Duran and Lee signed a treaty.", "sign", "Korvath , Duran and Lee", ["a treaty"]),
        ("Ruiz signed the deal and Duran left the country.", "leave", "Duran", ["the country"]),
        ("Ruiz came home and signed the deal.", "sign", "Ruiz", ["the deal"]),
        ("The minister said the ship had passed the bridge.", "pass", "the ship", ["the bridge"]),
        ("They gave the team a prize and called off the strike.", "give", "They", ["the team", "a prize"]),
        ("They gave the team a prize and called off the strike.", "call off", "They", ["the strike"]),
        ("“We will go,” said Ruiz, who heads the union.", "say", "Ruiz", []),
        ("The deal he signed was rejected.", "reject", "The deal", []),
        ("Police urged residents to leave the area.", "leave", "residents", ["the area"]),
        ("The mayor’s office closed the city's port.", "close", "The mayor ’s office", ["the city 's port"]),
        (
            "Ana Ruiz and the union of Lund met Duran, Lee and Moor.",
            "meet",
            "Ana Ruiz and the union of Lund",
            ["Duran , Lee and Moor"],
        ),
        ("On Tuesday police arrested two men.", "arrest", "police", ["two men"]),
        ("Last week the court freed him.", "free", "the court", ["him"]),
        ("Theresa May on Thursday met March Brandt.", "meet", "Theresa May", ["March Brandt"]),
        # The sign of a firm, and times that end no phrase.
        ("Quayle & Reed Co. sold the mill.", "sell", "Quayle & Reed Co.", ["the mill"]),
        ("Q&R sold the mill.", "sell", "Q&R", ["the mill"]),
        ("A ferry crash Sunday in northern Lund killed two men.", "kill", "A ferry crash", ["two men"]),
        ("The port's top court last week fined Duran.", "fine", "The port 's top court", ["Duran"]),
        (
            "The board's Monday meeting split the union.",
            "split",
            "The board 's Monday meeting",
            ["the union"],
        ),
        ("The May 3 collapse hurt nine miners.", "hurt", "The May 3 collapse", ["nine miners"]),
        ("Over a hundred people fled the town.", "flee", "Over a hundred people", ["the town"]),
        # A name behind a comma and "said" has said it, whatever waits for a verb before the comma.
        (
            "The valley has seen no rain since May — the first time that has happened in years, said Ana Ruiz.",
            "say",
            "Ana Ruiz",
            [],
        ),
        ("Divers search the bay, said a witness at the quay.", "say", "a witness at the quay", []),
        ("The union - founded in 1950 - called for a strike.", "call", "The union", []),
        ("Her refusal to say which side she would back was met with silence.", "meet", "Her refusal", []),
        ("Rebels attacked before dawn and killed four guards.", "attack", "Rebels", []),
        # A subject with asides behind an opener.
        ("In May, another envoy, Cho Feld, walked out of the talks.", "walk out", "another envoy", []),
        ("In 2019, another of its ferries, the Selma, sank off Lund.", "sink", "another of its ferries", []),
        ("On Friday, Ana Ruiz, 44, was jailed for fraud.", "jail", "Ana Ruiz", []),
        ("Last month, the mill's owner, Veltra, sold the site.", "sell", "the mill 's owner", ["the site"]),
        ("Meanwhile, net sales at its arm, Veltra Bank, fell sharply.", "fall", "net sales at its arm", []),
        ("According to police, a boy, who was not named, fled.", "flee", "a boy", []),
        (
            "As of Monday, the midfielder, a Swede, had not signed a contract.",
            "sign",
            "the midfielder",
            ["a contract"],
        ),
        # A name behind a phrase that opens the sentence, and behind a noun of time.
        ("In an interview Ruiz defended the plan.", "defend", "Ruiz", ["the plan"]),
        ("During the debate Ruiz said nothing.", "say", "Ruiz", ["nothing"]),
        ("Guards waited from the time Ruiz left Lund.", "leave", "Ruiz", ["Lund"]),
        ("The role of the singer Ana Ruiz grew.", "grow", "The role of the singer Ana Ruiz", []),
        # Prepositions of several words.
        (
            "Sales of models such as the P4 and the P6 fell.",
            "fall",
            "Sales of models such as the P4 and the P6",
            [],
        ),
        (
            "Villagers along with many students blocked the road.",
            "block",
            "Villagers along with many students",
            ["the road"],
        ),
        (
            "The club as well as its coach criticised the ban.",
            "criticise",
            "The club as well as its coach",
            ["the ban"],
        ),
        # A body whose noun looks like an adjective.
        ("North Tarn fired two shells, South Tarn's military said.", "fire", "North Tarn", ["two shells"]),
        # A past form behind the object of a participle, with the tag of a participle.
        (
            "A ferry carrying 140 people capsized off Lund, killing eight, the coast guard said.",
            "capsize",
            "A ferry",
            [],
        ),
        ("A van hauling bricks overturned in Lund, police said.", "overturn", "A van", []),
        ("Officers wearing masks arrested in Lund were freed.", "free", "Officers", []),
        # Nothing is said of a pronoun, and "that" behind a phrase opens what is told.
        ("Under him it bought a mill.", "buy", "it", ["a mill"]),
        (
            "Ruiz told analysts on a call that sales of models such as the P4 and the P6 had increased.",
            "increase",
            "sales of models such as the P4 and the P6",
            [],
        ),
        ("Rival bidder Korda withdrew its offer.", "withdraw", "Rival bidder Korda", ["its offer"]),
        # A name that looks like an adverb at the start of its sentence.
        ("Conor Daly won. Daly denied it.", "deny", "Daly", ["it"]),
        # Pronouns of objects, brackets within quotations, and who rules or says behind a relative clause.
        ("Rovers left the pitch, thanked us and apologised.", "thank", "Rovers", ["us"]),
        (
            '"Tamir threw stones at them (the guards), threatened them and fled," the army said.',
            "threaten",
            "Tamir",
            ["them"],
        ),
        (
            "A judge struck down a law that let police search cars, ruling that it was void.",
            "rule",
            "A judge",
            [],
        ),
        ("A driver hit a guard who tried to stop him, saying he was late.", "say", "who", []),
    ],
)
def test_subjects_and_objects(text: str, lemma: str, subject: str, objects: list[str]) -> None:
    parse = parsed(text)
    found = clause(parse, lemma)
    assert (words(parse, found.subject), [words(parse, o) for o in found.objects]) == (subject, objects)


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("The bridge was opened by Ruiz.", "open", ("passive", "past", "simple", None, False)),
        ("Ruiz has not signed it.", "sign", ("active", "present", "perfect", None, True)),
        ("The hut got burned down.", "burn down", ("passive", "past", "simple", None, False)),
        ("I'm going to do as Ruiz did.", "do", ("active", "future", "simple", "going to", False)),
        ("Ruiz is meeting Duran.", "meet", ("active", "present", "progressive", None, False)),
        ("Both pleaded not guilty.", "plead", ("active", "past", "simple", None, False)),
        ("Ruiz chose not to run.", "choose", ("active", "past", "simple", None, False)),
        (
            "Ruiz will resign and be replaced by Duran.",
            "replace",
            ("passive", "future", "simple", "will", False),
        ),
        ("Ruiz will not meet him.", "meet", ("active", "future", "simple", "will", True)),
        ("Ruiz didn't attend the summit.", "attend", ("active", "past", "simple", None, True)),
        ("Ruiz is set to meet Duran.", "meet", ("active", "future", "simple", "set to", False)),
        ("Ruiz plans to visit Lund.", "visit", ("active", "future", "simple", "plan to", False)),
        (
            "The bridge is expected to be closed.",
            "close",
            ("passive", "future", "simple", "expected to", False),
        ),
        ("The ship may have left.", "leave", ("active", "present", "perfect", "may", False)),
    ],
)
def test_verb_groups(text: str, lemma: str, expected: tuple[object, ...]) -> None:
    verb = clause(parsed(text), lemma).verb
    assert (verb.voice, verb.tense, verb.aspect, verb.modal, verb.negated) == expected and verb.finite


@pytest.mark.parametrize(
    ("text", "lemma", "kind", "encloser"),
    [
        ("The minister said the ship had passed.", "pass", "complement", "say"),
        ("Six guards were killed by Korvath, police said.", "kill", "complement", "say"),
        ("Because the road was blocked, the convoy left.", "block", "adverbial", "leave"),
        ("Protesters met police, injuring six officers.", "injure", "participle", "meet"),
        (
            "Brandt told reporters the quay was shut, and that ferries would stop.",
            "stop",
            "complement",
            "tell",
        ),
        ("The port, which opened in May, was sold.", "open", "relative", None),
        ("Ruiz agreed to sell the port.", "sell", "infinitive", "agree"),
    ],
)
def test_how_clauses_hang_together(text: str, lemma: str, kind: str, encloser: str | None) -> None:
    parse = parsed(text)
    found = clause(parse, lemma)
    above = parse.clauses[found.encloser].verb.lemma if found.encloser is not None else None
    assert (found.kind, above) == (kind, encloser)


def test_a_sentence_reads_alike_in_any_article() -> None:
    sentence = "Ana Ruiz, the mayor, said the port would close and left for Lund."
    alone = parsed(sentence)
    second = parsed("Nothing was said.\n" + sentence + "\nIt rained.")
    shift = second.sentences[1].first
    inside = [c for c in second.clauses if c.sentence == 1]
    assert len(inside) == len(alone.clauses)
    for a, b in zip(alone.clauses, inside, strict=True):
        assert (a.kind, a.verb.lemma, a.verb.head + shift) == (b.kind, b.verb.lemma, b.verb.head)
        assert words(alone, a.subject) == words(second, b.subject)


def test_an_age_has_no_relative_clause() -> None:
    parse = parsed("Giles Morton, 61, who admitted fraud, left.")
    assert parse.words[clause(parse, "admit").modifies or 0] == "Morton"


@pytest.mark.parametrize(
    "text",
    [
        "They met the minister, who signed the deal, surrounded by guards.",
        "The town has laws that policed, targeted and jailed young men.",
    ],
)
def test_a_participle_behind_a_relative_clause_stays_one(text: str) -> None:
    verbs = {"surround", "target", "jail"}
    assert not [c for c in parsed(text).clauses if c.verb.finite and c.verb.lemma in verbs]


def test_another_language_has_no_clauses_yet() -> None:
    assert language.parse(bare_article("Der Minister kam.", "de")).clauses == ()


def test_a_dateline_belongs_to_no_clause() -> None:
    text = "LUND, Skane, Nov. 18 (Kestrel) - The bridge opened on Tuesday."
    span = span_of(text, 0, text.index(" -"))
    parse = language.parse(bare_article(text), [span])
    (run,) = parse.furniture
    assert words(parse, run) == "LUND , Skane , Nov. 18 ( Kestrel ) -"
    (found,) = parse.clauses
    assert (words(parse, found.subject), found.first) == ("The bridge", run.last)


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Ana Hope and Jonas March met Mark Price, and Theresa May left.", ["meet", "leave"]),
        ("Mark Price sued the port.", ["sue"]),
        ("Will Moor said nothing.", ["say"]),
        ("The port was sold to Grant Shore, Hope Feld said.", ["sell", "say"]),
    ],
)
def test_names_that_are_words_too_are_no_cues(text: str, lemmas: list[str]) -> None:
    assert [c.verb.lemma for c in parsed(text).clauses] == lemmas
