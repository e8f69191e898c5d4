/* What noun_groups.c, verb_groups.c and items.c share: the tokens that groups are read over, their words (traits.c), and
 * the groups. */
#ifndef DATELINE_GROUPS_H
#define DATELINE_GROUPS_H

#include "core.h"

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

/* What a word may do in a group: the bits of language/clauses/traits.py, in its order. */
enum {
    QUANTIFIER = 1 << 0,
    NEAR_TIME = 1 << 1,
    DEICTIC = 1 << 2,
    NAMED_MONTH = 1 << 3,
    MONTH = 1 << 4,
    TIME = 1 << 5,
    WITHIN = 1 << 6,
    PEOPLE = 1 << 7,
    BODY = 1 << 8,
    BEING = 1 << 9,
    REFLEXIVE = 1 << 10,
    PAST_AUXILIARY = 1 << 11,
    FUTURE = 1 << 12,
    SEMI_ADJECTIVE = 1 << 13,
    GET = 1 << 14,
    PARTICLE = 1 << 15,
    FLOATING = 1 << 16,
    GOING = 1 << 17,
    LOCATIVE = 1 << 18,
    GERUNDIVE = 1 << 19,
    SEMI_VERB = 1 << 20,
    PLAN = 1 << 21
};

/* The tokens of an article, or of a part of it. Everything is borrowed; ``words`` and ``low`` are lists. */
typedef struct {
    const char *s; /* their letters: language/clauses/symbols.py */
    Py_ssize_t count;
    PyObject *words, *low;
    PyObject *traits;      /* words in lower case → bits */
    PyObject *full_modals; /* "ca" → "can" */
    PyObject *compounds;   /* first words of prepositions → tuples of the others */
    PyObject *bases;       /* the base forms of verbs, a set */
    PyObject *lemmas;      /* for each tag, a dictionary of the lemmas that are known */
    PyObject *lemma;       /* language/clauses/traits.py, tagged_lemma */
    int failed;            /* whether an error is set: no word is asked for any more */
} Tokens;

/* The letter at ``k``, or 0 behind the last one that may be read. */
#define LETTER_AT(t, k, end) ((k) < (end) ? (t)->s[k] : 0)

/* ---- traits.c */

/* Whether a letter is one of a string; 0 is none. */
int core_among(char letter, const char *letters);

/* The word of a token in lower case, borrowed; NULL with an error. */
PyObject *core_low(Tokens *t, Py_ssize_t token);

/* Whether the word of a token in lower case has one of some traits. */
int core_is(Tokens *t, Py_ssize_t token, long traits);

/* The traits of a word; it may be NULL. */
long core_traits(const Tokens *t, PyObject *low);

/* ---- noun_groups.c */

typedef struct {
    Py_ssize_t first, last, head;
    int time, named;
} NounGroup;

/* noun_group; whether one begins at ``at``. */
int core_noun_group(Tokens *t, Py_ssize_t at, Py_ssize_t end, NounGroup *found);

/* ---- verb_groups.c */

enum { ACTIVE, PASSIVE };
enum { PAST, PRESENT, AHEAD, TIMELESS };
enum { SIMPLE, PERFECT, PROGRESSIVE };

/* ``lemma`` and ``modal`` are owned by whoever holds it; ``particle`` is -1 and ``modal`` NULL where there is none. */
typedef struct {
    Py_ssize_t first, last, head, particle;
    PyObject *lemma, *modal;
    int voice, tense, aspect, negated, finite;
} VerbGroup;

/* Whether a verb group may begin with a letter. */
int core_starts_verb(char letter);

/* verb_group; whether one begins at ``at``. With an error ``failed`` is set, and nothing is found. */
int core_verb_group(Tokens *t, Py_ssize_t at, Py_ssize_t end, VerbGroup *found);

/* inner_time; whether there is one, from ``*from`` to ``*to``. */
int core_inner_time(Tokens *t, Py_ssize_t first, Py_ssize_t head, Py_ssize_t *from, Py_ssize_t *to);

/* Gives up what a group owns. */
void core_forget(VerbGroup *group);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
