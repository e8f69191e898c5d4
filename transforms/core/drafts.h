/* What arguments.c and records.c share: the clauses of a sentence while they are made, as language/clauses/draft.py has
 * them. */
#ifndef DATELINE_DRAFTS_H
#define DATELINE_DRAFTS_H

#include "core.h"

#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

/* Tokens ``[first, last)``. */
typedef struct {
    Py_ssize_t first, last;
} Run;

/* A phrase beside a verb; ``preposition`` is -1 and ``next``, the next one of the same clause, where there is none. */
typedef struct {
    Py_ssize_t preposition, next;
    Run phrase;
} Oblique;

/* What a draft is asked for, in the order of FIELDS of language/clauses/records.py. */
enum { VERB, ITEM, START, NEAR, KIND, MARKER, SUBJECT, SUBJECT_HEAD, SHARED, ENCLOSER, MODIFIES, INVERTED, FIELDS };

enum { MAX_OBJECTS = 2 };

typedef struct {
    PyObject *held[FIELDS]; /* owned */
    Py_ssize_t item, start, near, stop;
    Py_ssize_t encloser; /* its place among the drafts, or -1 */
    Run verb, subject, complement, tokens;
    int finite, shared, inverted;
    int has_subject, has_complement;
    Run objects[MAX_OBJECTS];
    int object_count;
    Py_ssize_t oblique, last_oblique; /* the first and the last, or -1 */
    Py_ssize_t reported, reported_last; /* the first clause that the verb may report, or -1, and their last token */
} Draft;

enum { NO_NOUN, NOUN, TIME_NOUN };

typedef struct {
    const char *kinds;
    Py_ssize_t count;
    Py_ssize_t *firsts, *lasts;
    char *nouns;            /* NO_NOUN, NOUN or TIME_NOUN */
    PyObject *low, *markers; /* borrowed: a list and a set */
    Draft *drafts;
    Py_ssize_t draft_count;
    Oblique *obliques;
    Py_ssize_t oblique_count, oblique_room;
} Stream;

/* language/clauses/arguments.py, arguments; -1 with an error. */
int core_arguments(Stream *stream);

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
