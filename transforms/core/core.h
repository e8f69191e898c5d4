/* What costs most for each token of an article, in C.
 *
 * A file has the name of the Python module that it mirrors, and says in which folder that stands; stories.c has that of
 * the folder. All share letters.c, arrays.c and named.c, and module.c lists what they offer. Every function has a mirror in
 * Python, which its comment names; both give the same bytes for the same input, and the mirror is what runs where this
 * was not built. Only the limited API of Python 3.11 is used, so that one build serves all later versions. Arrays come
 * in and go out as buffers: numpy is not needed to build. Offsets are Unicode code points.
 */
#ifndef DATELINE_CORE_H
#define DATELINE_CORE_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>

/* What is shared stays inside of the extension, and is reached as directly as what a file holds itself. */
#if defined(__GNUC__)
#pragma GCC visibility push(hidden)
#endif

/* ---- letters.c */

enum { WORD = 1, SPACE = 2, DECIMAL = 4, LETTER = 8, NUMERAL = 16, CAPITAL = 32, SMALL = 64 };
#define LAST_CODE_POINT 0x10FFFF
#define CORE_PAGES ((LAST_CODE_POINT >> 8) + 1)
extern unsigned char *core_pages[CORE_PAGES];

#define KIND(c) (core_pages[(c) >> 8][(c) & 255])
#define IS(c, kind) ((KIND(c) & (kind)) != 0)
#define LOWER(c) ((c) >= 'a' && (c) <= 'z')
#define UPPER(c) ((c) >= 'A' && (c) <= 'Z')
#define DIGIT(c) ((c) >= '0' && (c) <= '9')
#define HYPHEN(c) ((c) == '-' || (c) == 0x2011)
#define APOSTROPHE(c) ((c) == '\'' || (c) == 0x2019)

/* Makes the tables that every function needs, when the module is loaded. */
int core_letters(void);

/* Looks up every page that a text needs, so that the loops over it cannot fail. */
int core_learn(const Py_UCS4 *text, Py_ssize_t count);

/* zlib.crc32 */
uint32_t core_crc(const unsigned char *bytes, Py_ssize_t count);

/* The letters of a word of ASCII in lower case, in ``low``; their number, or -1 for another word or a longer one. */
#define LONGEST 64
Py_ssize_t core_ascii(PyObject *word, unsigned char *low, const char **written);

/* ---- arrays.c */

typedef struct {
    Py_buffer buffers[32];
    int held;
} Views;

/* A buffer of ``count`` items of a size, the rows last in memory; NULL with an error where it is none. */
void *core_view(Views *views, PyObject *array, Py_ssize_t size, Py_ssize_t count, int writable);

/* How many items the last view holds. */
Py_ssize_t core_items(const Views *views);

void core_release(Views *views);

/* Room for ``more`` items behind ``used`` ones of ``size`` bytes. */
int core_reserve(void **items, Py_ssize_t *room, Py_ssize_t used, Py_ssize_t more, size_t size);

int core_append_number(PyObject *list, Py_ssize_t number);

/* ---- named.c */

/* Whether an object is a class of tuples. */
int core_is_named(PyObject *type);

/* The arguments of tuple.__new__ for so many fields, to be used for one tuple after the other. */
PyObject *core_fields(Py_ssize_t count);

/* A named tuple of fields; takes the reference to each, and gives NULL with an error where one is NULL. */
PyObject *core_named(PyObject *type, PyObject *arguments, PyObject **fields, Py_ssize_t count);

/* ---- What the module offers */

PyObject *core_tokenize(PyObject *module, PyObject *arguments); /* tokens.c */
PyObject *core_story_words(PyObject *module, PyObject *arguments); /* stories.c */
PyObject *core_line_words(PyObject *module, PyObject *arguments); /* looks.c */
PyObject *core_shared_words(PyObject *module, PyObject *arguments); /* themes.c */
PyObject *core_occurring(PyObject *module, PyObject *arguments); /* literals.c */
PyObject *core_collapsed(PyObject *module, PyObject *whole); /* identity.c */
PyObject *core_date_places(PyObject *module, PyObject *whole); /* stamps.c */
PyObject *core_read_markup(PyObject *module, PyObject *arguments); /* markup.c */
PyObject *core_flat_lines(PyObject *module, PyObject *whole); /* flat.c */
PyObject *core_word_columns(PyObject *module, PyObject *arguments); /* tags.c */
PyObject *core_score(PyObject *module, PyObject *arguments); /* linear.c */
PyObject *core_viterbi(PyObject *module, PyObject *arguments); /* linear.c */
PyObject *core_claim_columns(PyObject *module, PyObject *arguments); /* features.c */
PyObject *core_sentence_items(PyObject *module, PyObject *arguments); /* items.c */
PyObject *core_clause_records(PyObject *module, PyObject *arguments); /* records.c */
PyObject *core_leaves(PyObject *module, PyObject *arguments); /* forest.c */

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
