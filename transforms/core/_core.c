/* What costs most for each token of an article, in C.
 *
 * Every function has a mirror in Python, which its comment names; both give the same bytes for the same input, and
 * the mirror is what runs where this was not built. Only the limited API of Python 3.11 is used, so that one build
 * serves all later versions. Arrays come in and go out as buffers: numpy is not needed to build. Offsets are
 * Unicode code points.
 */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define PREFETCH(address) ((void)0)
#endif

#ifndef SOURCE
#define SOURCE 0 /* a number of this file, given by setup.py */
#endif

/* ---- Letters: what str.isalnum() and its like say of a code point, looked up 256 code points at a time. */

enum { WORD = 1, SPACE = 2, DECIMAL = 4, LETTER = 8, NUMERAL = 16, CAPITAL = 32, SMALL = 64 };
#define LAST_CODE_POINT 0x10FFFF
static unsigned char *pages[(LAST_CODE_POINT >> 8) + 1];
static uint32_t crc_table[256];

static int says(PyObject *letter, const char *method)
{
    PyObject *answer = PyObject_CallMethod(letter, method, NULL);
    int yes = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    return yes;
}

static unsigned char *page_of(Py_UCS4 c)
{
    Py_UCS4 number = c >> 8;
    if (pages[number] != NULL)
        return pages[number];
    unsigned char *page = PyMem_Calloc(256, 1);
    if (page == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    static const struct {
        const char *method;
        unsigned char kind;
    } questions[] = {{"isalnum", WORD | LETTER}, {"isspace", SPACE}, {"isdecimal", DECIMAL}, {"isdigit", NUMERAL},
                     {"isupper", CAPITAL}, {"islower", SMALL}};
    for (int k = 0; k < 256; k++) {
        PyObject *letter = PyUnicode_FromOrdinal((int)(number << 8) + k);
        int yes = letter == NULL ? -1 : 0;
        for (int n = 0; n < 6 && yes >= 0; n++) {
            yes = says(letter, questions[n].method);
            page[k] |= yes > 0 ? questions[n].kind : 0;
        }
        Py_XDECREF(letter);
        if (yes < 0) {
            PyMem_Free(page);
            return NULL;
        }
        if (page[k] & DECIMAL)
            page[k] &= (unsigned char)~LETTER;
    }
    if (number == 0)
        page['_'] |= WORD;
    return pages[number] = page;
}

/* Looks up every page that a text needs, so that the loops over it cannot fail. */
static int learn(const Py_UCS4 *text, Py_ssize_t count)
{
    Py_UCS4 known = 0; /* that of ASCII is looked up when the module is loaded */
    for (Py_ssize_t k = 0; k < count; k++) {
        Py_UCS4 number = text[k] >> 8;
        if (number == known)
            continue;
        if (pages[number] == NULL && page_of(text[k]) == NULL)
            return -1;
        known = number;
    }
    return 0;
}

#define KIND(c) (pages[(c) >> 8][(c) & 255])
#define IS(c, kind) ((KIND(c) & (kind)) != 0)
#define LOWER(c) ((c) >= 'a' && (c) <= 'z')
#define UPPER(c) ((c) >= 'A' && (c) <= 'Z')
#define DIGIT(c) ((c) >= '0' && (c) <= '9')
#define HYPHEN(c) ((c) == '-' || (c) == 0x2011)
#define APOSTROPHE(c) ((c) == '\'' || (c) == 0x2019)

static int append_number(PyObject *list, Py_ssize_t number)
{
    PyObject *held = PyLong_FromSsize_t(number);
    int failed = held == NULL || PyList_Append(list, held) < 0;
    Py_XDECREF(held);
    return failed ? -1 : 0;
}

static uint32_t crc(const unsigned char *bytes, Py_ssize_t count)
{
    uint32_t value = 0xFFFFFFFFu;
    for (Py_ssize_t k = 0; k < count; k++)
        value = crc_table[(value ^ bytes[k]) & 255] ^ (value >> 8);
    return value ^ 0xFFFFFFFFu;
}

/* The letters of a word of ASCII in lower case, in ``low``; their number, or -1 for another word or a longer one. */
#define LONGEST 64
static Py_ssize_t ascii(PyObject *word, unsigned char *low, const char **written)
{
    Py_ssize_t count = 0;
    *written = PyUnicode_AsUTF8AndSize(word, &count);
    if (*written == NULL) { /* a lone surrogate */
        PyErr_Clear();
        return -1;
    }
    if (count > LONGEST)
        return -1;
    for (Py_ssize_t k = 0; k < count; k++) {
        unsigned char c = (unsigned char)(*written)[k];
        if (c > 127)
            return -1;
        low[k] = UPPER(c) ? c + 32 : c;
    }
    return count;
}

/* ---- Tokens */

/* Past the letters and digits at ``i``. */
static Py_ssize_t past_word(const Py_UCS4 *text, Py_ssize_t i, Py_ssize_t count)
{
    while (i < count && IS(text[i], WORD))
        i++;
    return i;
}

/* Whether ``part[i:j]`` is one of ``short``, or -1 with an error. */
static int is_short(PyObject *part, Py_ssize_t i, Py_ssize_t j, PyObject *shorts)
{
    PyObject *word = PyUnicode_Substring(part, i, j);
    int found = word == NULL ? -1 : PySet_Contains(shorts, word);
    Py_XDECREF(word);
    return found;
}

enum { RARE = -1, FAILED = -2 };

/* The end of the token at ``i`` where only the last alternatives of ``TOKEN`` of language/tokens.py (a word with its
 * hyphens, a mark) can match there; RARE where one of those before them may, FAILED with an error. */
static Py_ssize_t plain(const Py_UCS4 *text, Py_ssize_t i, Py_ssize_t count, PyObject *part, PyObject *shorts)
{
    Py_UCS4 c = text[i], next = i + 1 < count ? text[i + 1] : ' ';
    Py_ssize_t j = i + 1;
    if (!IS(c, WORD)) {
        if (c == '.' || c == '-' || c == '`')
            return next == c ? RARE : j;
        if (c == '@' || c == '#')
            return IS(next, WORD) ? RARE : j;
        if (APOSTROPHE(c))
            return next == c || LOWER(next) || next == 'S' ? RARE : j;
        return j;
    }
    if (IS(c, DECIMAL)) { /* 3.4, 5p.m. */
        while (j < count && IS(text[j], DECIMAL))
            j++;
        if (j + 1 < count && (text[j] == '.' || text[j] == ',' || text[j] == ':') && IS(text[j + 1], DECIMAL))
            return RARE;
        if (j + 1 < count && (text[j] == 'a' || text[j] == 'p') && text[j + 1] == '.')
            return RARE;
    }
    j = past_word(text, j, count);
    if ((LOWER(c) || UPPER(c)) && j < count) {
        Py_UCS4 behind = text[j];
        if (behind == '&' || (behind == ':' && c == 'h')) /* AT&T, https:// */
            return RARE;
        if (j == i + 1 && (behind == '.' || HYPHEN(behind) || APOSTROPHE(behind))) /* U.S., D-Ohio, O'Neill */
            return RARE;
        if (APOSTROPHE(behind) && j + 1 < count && text[j + 1] == 't') /* don't */
            return RARE;
        if (behind == '.' && j - i == 3 && c == 'w' && next == 'w') /* www. */
            return RARE;
        if (behind == '.') {
            int found = is_short(part, i, j, shorts);
            if (found)
                return found < 0 ? FAILED : RARE;
        }
    }
    while (j + 1 < count && HYPHEN(text[j]) && IS(text[j + 1], WORD))
        j = past_word(text, j + 1, count);
    return j;
}

/* The end of the token that ``match``, the method of a compiled pattern, finds at ``i``. */
static Py_ssize_t matched(PyObject *match, PyObject *text, Py_ssize_t i, Py_ssize_t count)
{
    PyObject *found = PyObject_CallFunction(match, "Onn", text, i, count);
    if (found == NULL)
        return -1;
    PyObject *end = found == Py_None ? NULL : PyObject_CallMethod(found, "end", NULL);
    Py_DECREF(found);
    Py_ssize_t j = end == NULL ? -1 : PyLong_AsSsize_t(end);
    Py_XDECREF(end);
    if ((j <= i || j > count) && !PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "the pattern matches no token here");
    return PyErr_Occurred() ? -1 : j;
}

/* language/tokens.py, tokenize: (text, start, end, match, short, stops, marks) → (starts, ends, words, stops, marks).
 * ``short`` are abbreviations without their full stop, ``stops`` the last characters of tokens that may end a sentence,
 * ``marks`` the words that may open or close a quotation. */
#define MAX_STOPS 16
static PyObject *tokenize(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *whole, *match, *shorts, *stopping, *marking, *part = NULL, *answer = NULL;
    PyObject *lists[5] = {NULL, NULL, NULL, NULL, NULL};
    Py_ssize_t start, end;
    Py_UCS4 *text = NULL, stops[MAX_STOPS + 1] = {0};
    if (!PyArg_ParseTuple(arguments, "UnnOOUO", &whole, &start, &end, &match, &shorts, &stopping, &marking))
        return NULL;
    if (start < 0 || end > PyUnicode_GetLength(whole))
        return PyErr_Format(PyExc_ValueError, "the part lies outside of the text");
    if (PyUnicode_AsUCS4(stopping, stops, MAX_STOPS + 1, 1) == NULL)
        return NULL;
    part = PyUnicode_Substring(whole, start, end < start ? start : end);
    for (int n = 0; n < 5; n++)
        if ((lists[n] = PyList_New(0)) == NULL)
            goto done;
    if (part == NULL)
        goto done;
    Py_ssize_t count = PyUnicode_GetLength(part), token = 0;
    text = PyUnicode_AsUCS4Copy(part);
    if (text == NULL || learn(text, count) < 0)
        goto done;
    while (count && IS(text[count - 1], SPACE))
        count--;
    for (Py_ssize_t i = 0; i < count;) {
        if (IS(text[i], SPACE)) {
            i++;
            continue;
        }
        Py_ssize_t j = plain(text, i, count, part, shorts);
        if (j == FAILED || (j == RARE && (j = matched(match, part, i, count)) < 0))
            goto done;
        PyObject *word = PyUnicode_Substring(part, i, j);
        int failed = word == NULL || append_number(lists[0], start + i) < 0 || append_number(lists[1], start + j) < 0
                     || PyList_Append(lists[2], word) < 0;
        if (!failed && !IS(text[j - 1], WORD))
            for (int n = 0; stops[n] && !failed; n++)
                failed = stops[n] == text[j - 1] && append_number(lists[3], token) < 0;
        if (!failed && !IS(text[i], WORD)) {
            int marked = PySet_Contains(marking, word);
            failed = marked < 0 || (marked && append_number(lists[4], token) < 0);
        }
        Py_XDECREF(word);
        if (failed)
            goto done;
        token++;
        i = j;
    }
    answer = PyTuple_Pack(5, lists[0], lists[1], lists[2], lists[3], lists[4]);
done:
    PyMem_Free(text);
    Py_XDECREF(part);
    for (int n = 0; n < 5; n++)
        Py_XDECREF(lists[n]);
    return answer;
}

/* stories/words.py, key, of the word ``text[i:j]`` of ASCII, with typographic apostrophes or not; -1 for another one */
static int64_t story_key(const Py_UCS4 *text, Py_ssize_t i, Py_ssize_t j)
{
    unsigned char low[LONGEST];
    Py_ssize_t count = j - i, kept = 0;
    if (count > LONGEST)
        return -1;
    for (; i < j; i++) {
        Py_UCS4 c = APOSTROPHE(text[i]) ? '\'' : UPPER(text[i]) ? text[i] + 32 : text[i];
        if (c > 127)
            return -1;
        if (c != '.')
            low[kept++] = (unsigned char)c;
    }
    if (kept >= 2 && low[kept - 2] == '\'' && low[kept - 1] == 's')
        kept -= 2;
    if (kept >= 2 && low[kept - 2] == 's' && low[kept - 1] == '\'')
        kept -= 2;
    for (count = kept, kept = 0; kept < count && low[kept] != '\'';)
        kept++;
    for (Py_ssize_t k = kept; k < count; k++)
        if (low[k] != '\'')
            low[kept++] = low[k];
    if (kept > 3 && low[kept - 1] == 's' && low[kept - 2] != 's' && low[kept - 2] != 'u' && low[kept - 2] != 'i')
        kept--;
    return crc(low, kept);
}

/* The end of the word at ``i``, or -1: stories/letters.py, inside. */
static Py_ssize_t story_word(const Py_UCS4 *text, Py_ssize_t i, Py_ssize_t count)
{
    Py_ssize_t j = i;
    if (IS(text[i], LETTER)) {
        while (j < count && IS(text[j], LETTER))
            j++;
        while (j + 1 < count && (text[j] == '.' || text[j] == '-' || APOSTROPHE(text[j])) && IS(text[j + 1], LETTER))
            for (j++; j < count && IS(text[j], LETTER);)
                j++;
        return j < count && text[j] == '.' ? j + 1 : j;
    }
    if (IS(text[i], DECIMAL)) {
        while (j < count && IS(text[j], DECIMAL))
            j++;
        while (j + 1 < count && (text[j] == '.' || text[j] == ',' || text[j] == ':') && IS(text[j + 1], DECIMAL))
            for (j++; j < count && IS(text[j], DECIMAL);)
                j++;
        return j;
    }
    return -1;
}

/* ---- Arrays */

typedef struct {
    Py_buffer buffers[32];
    int held;
} Views;

/* A buffer of ``count`` items of a size, the rows last in memory; NULL with an error where it is none. */
static void *view(Views *views, PyObject *array, Py_ssize_t size, Py_ssize_t count, int writable)
{
    Py_buffer *buffer = &views->buffers[views->held];
    if (PyObject_GetBuffer(array, buffer, PyBUF_C_CONTIGUOUS | (writable ? PyBUF_WRITABLE : 0)) < 0)
        return NULL;
    views->held++;
    if (buffer->itemsize != size || (count >= 0 && buffer->len != size * count)) {
        PyErr_SetString(PyExc_ValueError, "an array has another size than the others call for");
        return NULL;
    }
    return buffer->buf;
}

static Py_ssize_t items(const Views *views)
{
    const Py_buffer *buffer = &views->buffers[views->held - 1];
    return buffer->len / buffer->itemsize;
}

static void release(Views *views)
{
    while (views->held)
        PyBuffer_Release(&views->buffers[--views->held]);
}

/* ---- Pages */

/* identity.py, collapsed: text → its UTF-8, lone surrogates too, with every run of white space as one space and none at
 * the ends. */
static PyObject *collapsed(PyObject *Py_UNUSED(module), PyObject *whole)
{
    if (!PyUnicode_Check(whole))
        return PyErr_Format(PyExc_TypeError, "a string is needed");
    Py_ssize_t count = PyUnicode_GetLength(whole), n = 0;
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(whole);
    PyObject *answer = NULL;
    char *out = text == NULL ? NULL : PyMem_Malloc((size_t)count * 4 + 1);
    if (text != NULL && out == NULL)
        PyErr_NoMemory();
    if (out == NULL || learn(text, count) < 0)
        goto done;
    int space = 0;
    for (Py_ssize_t k = 0; k < count; k++) {
        Py_UCS4 c = text[k];
        if (IS(c, SPACE)) {
            space = n > 0;
            continue;
        }
        if (space)
            out[n++] = ' ';
        space = 0;
        if (c < 0x80) {
            out[n++] = (char)c;
            continue;
        }
        if (c < 0x800) {
            out[n++] = (char)(0xC0 | c >> 6);
        } else {
            if (c < 0x10000) {
                out[n++] = (char)(0xE0 | c >> 12);
            } else {
                out[n++] = (char)(0xF0 | c >> 18);
                out[n++] = (char)(0x80 | (c >> 12 & 0x3F));
            }
            out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        }
        out[n++] = (char)(0x80 | (c & 0x3F));
    }
    answer = PyBytes_FromStringAndSize(out, n);
done:
    PyMem_Free(text), PyMem_Free(out);
    return answer;
}

#define DIGIT_AT(k) ((k) < count && IS(text[k], DECIMAL))
#define PARTS_AT(k) ((k) < count && (text[k] == '.' || text[k] == '/' || text[k] == '-'))
#define SPACE_AT(k) ((k) < count && IS(text[k], SPACE))

/* Whether ``_YEAR`` of dateline/stamps.py matches at ``k``, where a century stands, and no digit before it. */
static int year_at(const Py_UCS4 *text, Py_ssize_t k, Py_ssize_t count)
{
    if (!DIGIT_AT(k + 2) || !DIGIT_AT(k + 3) || (k > 0 && IS(text[k - 1], NUMERAL)))
        return 0;
    Py_ssize_t j = k + 4;
    if (!DIGIT_AT(j))
        return 1;
    j += DIGIT_AT(j + 1) ? 2 : 1;
    return j + 2 < count && text[j] == '.' && SPACE_AT(j + 1) && UPPER(text[j + 2]);
}

/* The end of the match of ``_NUMERIC_HINT`` of dateline/stamps.py at the digit ``k``, or -1. */
static Py_ssize_t hint_at(const Py_UCS4 *text, Py_ssize_t k, Py_ssize_t count)
{
    Py_ssize_t j = k + 1;
    for (int turn = 0; turn < 2; turn++) {
        j += SPACE_AT(j);
        if (!PARTS_AT(j))
            return -1;
        j++;
        j += SPACE_AT(j);
        if (!DIGIT_AT(j))
            return -1;
        if (turn == 0)
            j += DIGIT_AT(j + 1) ? 2 : 1;
    }
    if (!DIGIT_AT(j + 1))
        return -1;
    return j + (DIGIT_AT(j + 2) && DIGIT_AT(j + 3) ? 4 : 2);
}

/* dateline/stamps.py, places: text → (where years stand, where dates in numbers may stand) */
static PyObject *date_places(PyObject *Py_UNUSED(module), PyObject *whole)
{
    if (!PyUnicode_Check(whole))
        return PyErr_Format(PyExc_TypeError, "a string is needed");
    Py_ssize_t count = PyUnicode_GetLength(whole), free_from = 0;
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(whole);
    PyObject *years = PyList_New(0), *hints = PyList_New(0), *answer = NULL;
    if (text == NULL || years == NULL || hints == NULL || learn(text, count) < 0)
        goto done;
    for (Py_ssize_t k = 0; k < count; k++) {
        if (!IS(text[k], DECIMAL))
            continue;
        int century = k + 1 < count && ((text[k] == '1' && text[k + 1] == '9') || (text[k] == '2' && text[k + 1] == '0'));
        if (century && year_at(text, k, count) && append_number(years, k) < 0)
            goto done;
        if (k >= free_from) {
            Py_ssize_t end = hint_at(text, k, count);
            if (end >= 0) {
                free_from = end;
                if (append_number(hints, k) < 0)
                    goto done;
            }
        }
    }
    answer = PyTuple_Pack(2, years, hints);
done:
    PyMem_Free(text);
    Py_XDECREF(years), Py_XDECREF(hints);
    return answer;
}

/* flat.py, flat_lines: text → (starts, ends, indents, spaces, numbers) of its lines that are not blank */
static PyObject *flat_lines(PyObject *Py_UNUSED(module), PyObject *whole)
{
    if (!PyUnicode_Check(whole))
        return PyErr_Format(PyExc_TypeError, "a string is needed");
    enum { COLUMNS = 5 };
    Py_ssize_t count = PyUnicode_GetLength(whole), number = 0;
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(whole);
    PyObject *lists[COLUMNS] = {NULL}, *answer = NULL;
    for (int k = 0; k < COLUMNS; k++)
        if ((lists[k] = PyList_New(0)) == NULL)
            goto done;
    if (text == NULL || learn(text, count) < 0)
        goto done;
    for (Py_ssize_t begin = 0; begin <= count; number++) {
        Py_ssize_t stop = begin, spaces = 0;
        while (stop < count && text[stop] != '\n')
            stop++;
        Py_ssize_t first = begin, last = stop;
        while (first < last && IS(text[first], SPACE))
            first++;
        while (last > first && IS(text[last - 1], SPACE))
            last--;
        for (Py_ssize_t k = first; k < last; k++)
            spaces += text[k] == ' ';
        Py_ssize_t row[COLUMNS] = {first, last, first - begin, spaces, number};
        for (int k = 0; k < COLUMNS && first < last; k++)
            if (append_number(lists[k], row[k]) < 0)
                goto done;
        begin = stop + 1;
    }
    answer = PyTuple_Pack(COLUMNS, lists[0], lists[1], lists[2], lists[3], lists[4]);
done:
    PyMem_Free(text);
    for (int k = 0; k < COLUMNS; k++)
        Py_XDECREF(lists[k]);
    return answer;
}

/* ---- Lines: clean/looks.py and clean/themes.py */

/* The distinct words of a page. ``text`` holds its lines in lower case, one behind another. */
typedef struct {
    uint32_t hash;
    Py_ssize_t start, size;
    long flags;
    Py_ssize_t counted, themed; /* the last line in which it was counted as a cue, and for its theme */
    PyObject *held;
} Word;

typedef struct {
    Py_UCS4 *text;
    Py_ssize_t used, room;
    Word *words;
    Py_ssize_t count, space;
    int32_t *slots;
    size_t mask;
    uint32_t seed;
    int32_t *theme;
    Py_ssize_t themes, themes_room;
    PyObject *flags; /* borrowed */
} Vocabulary;

/* Room for ``more`` items behind ``used`` ones of ``size`` bytes. */
static int reserve(void **items, Py_ssize_t *room, Py_ssize_t used, Py_ssize_t more, size_t size)
{
    if (used + more <= *room)
        return 0;
    Py_ssize_t wanted = 2 * (used + more) + 64;
    void *held = PyMem_Realloc(*items, (size_t)wanted * size);
    if (held == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    *items = held, *room = wanted;
    return 0;
}

/* Slots for twice as many words; ``size`` is a power of two. */
static int spread(Vocabulary *v, size_t size)
{
    int32_t *slots = PyMem_Malloc(size * sizeof(int32_t));
    if (slots == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memset(slots, 0xFF, size * sizeof(int32_t));
    for (Py_ssize_t k = 0; k < v->count; k++) {
        size_t slot = v->words[k].hash & (size - 1);
        while (slots[slot] >= 0)
            slot = (slot + 1) & (size - 1);
        slots[slot] = (int32_t)k;
    }
    PyMem_Free(v->slots);
    v->slots = slots, v->mask = size - 1;
    return 0;
}

/* The number of the word at ``start``, known or new; -1 with an error. ``low`` is the line that was put at ``from``. */
static Py_ssize_t number_of(Vocabulary *v, PyObject *low, Py_ssize_t from, Py_ssize_t start, Py_ssize_t size,
                            uint32_t hash)
{
    size_t slot = hash & v->mask;
    for (; v->slots[slot] >= 0; slot = (slot + 1) & v->mask) {
        const Word *known = &v->words[v->slots[slot]];
        if (known->hash == hash && known->size == size
            && memcmp(v->text + known->start, v->text + start, (size_t)size * sizeof(Py_UCS4)) == 0)
            return v->slots[slot];
    }
    if (v->count >= INT32_MAX / 4) {
        PyErr_NoMemory();
        return -1;
    }
    if (reserve((void **)&v->words, &v->space, v->count, 1, sizeof(Word)) < 0)
        return -1;
    PyObject *held = PyUnicode_Substring(low, start - from, start - from + size);
    PyObject *flags = held == NULL ? NULL : PyDict_GetItemWithError(v->flags, held);
    long flag = flags == NULL ? 0 : PyLong_AsLong(flags);
    if (PyErr_Occurred()) {
        Py_XDECREF(held);
        return -1;
    }
    v->words[v->count] = (Word){hash, start, size, flag, -1, -1, held};
    v->slots[slot] = (int32_t)v->count++;
    if ((size_t)v->count * 2 > v->mask && spread(v, (v->mask + 1) * 2) < 0)
        return -1;
    return v->count - 1;
}

/* The columns of ``Counts`` of clean/looks.py; those of the categories follow. */
enum { TOKENS, STOPS, DIGITS, PARTS, CAPITALS, COMMAS, BARS, QUOTES, LOW, SEEN, CHARS, END, STAMP, CUES };
enum { NO_END, HALF, WHOLE, ASK = -1 };
#define THEME_WORD 5 /* ``LONG_WORD`` of clean/themes.py */

/* Reads the words of ``low``, which is or begins line ``n``. ``tokens`` is NULL where only the theme is asked for. */
static int words_in(Vocabulary *v, PyObject *low, Py_ssize_t n, PyObject *tokens, int32_t *row, Py_ssize_t width,
                    int theme)
{
    Py_ssize_t size = low == NULL ? -1 : PyUnicode_GetLength(low), at = v->used, end = at + size;
    if (size < 0 || reserve((void **)&v->text, &v->room, at, size + 1, sizeof(Py_UCS4)) < 0
        || PyUnicode_AsUCS4(low, v->text + at, size + 1, 1) == NULL || learn(v->text + at, size) < 0)
        return -1;
    v->used = end;
    const unsigned char *latin = pages[0];
    for (Py_ssize_t i = at; i < end;) {
        Py_UCS4 c = v->text[i];
        unsigned char kind = c < 256 ? latin[c] : KIND(c), every = NUMERAL;
        if (!(kind & WORD)) {
            i++;
            continue;
        }
        Py_ssize_t j = i;
        uint32_t hash = v->seed;
        while (kind & WORD) {
            every &= kind;
            hash = (hash ^ c) * 0x01000193u;
            if (++j == end)
                break;
            c = v->text[j];
            kind = c < 256 ? latin[c] : KIND(c);
        }
        hash ^= hash >> 15;
        Py_ssize_t number = number_of(v, low, at, i, j - i, hash);
        if (number < 0)
            return -1;
        Word *word = &v->words[number];
        if (tokens != NULL) {
            if (PyList_Append(tokens, word->held) < 0)
                return -1;
            row[TOKENS]++;
            row[DIGITS] += every != 0;
            row[STOPS] += (int32_t)(word->flags & 1);
            Py_ssize_t column = CUES - 1 + (word->flags >> 1);
            if (column >= CUES && word->counted != n) {
                word->counted = n;
                if (column >= width) {
                    PyErr_SetString(PyExc_ValueError, "a word is of a category without a column");
                    return -1;
                }
                row[column]++;
            }
        }
        if (theme && j - i >= THEME_WORD && word->themed != n) {
            word->themed = n;
            if (reserve((void **)&v->theme, &v->themes_room, v->themes, 1, sizeof(int32_t)) < 0)
                return -1;
            v->theme[v->themes++] = (int32_t)number;
        }
        i = j;
    }
    return 0;
}

/* The first ``count`` characters of a line, in lower case. */
static PyObject *low_head(PyObject *line, Py_ssize_t count)
{
    PyObject *head = PyUnicode_Substring(line, 0, count);
    PyObject *low = head == NULL ? NULL : PyObject_CallMethod(head, "lower", NULL);
    Py_XDECREF(head);
    return low;
}

static int one_of(Py_UCS4 c, const Py_UCS4 *marks)
{
    for (; *marks; marks++)
        if (*marks == c)
            return 1;
    return 0;
}

static const Py_UCS4 CLOSING[] = {'"', 0x201D, 0x2019, '\'', ')', ']', 0xBB, 0x201C, ' ', '\t', 0xA0, '*', '_', 0};
static const Py_UCS4 SENTENCE_END[] = {'.', '?', '!', 0x3002, 0xFF01, 0xFF1F, 0x61F, 0x964, 0};
static const Py_UCS4 HALF_END[] = {':', ';', ',', 0x60C, 0xFF0C, 0xFF1B, 0xFF1A, 0};
static const Py_UCS4 QUOTATION[] = {'"', 0x201C, 0x201D, 0xAB, 0xBB, 0x201E, 0x300C, 0x300D, 0};

/* How a line ends; ASK where a credit in brackets or a cut has to be looked for by a pattern. */
static int ending(const Py_UCS4 *text, Py_ssize_t count)
{
    if (count && text[count - 1] == ')')
        return ASK;
    for (Py_ssize_t k = count > 12 ? count - 12 : 0; k < count; k++)
        if (text[k] == 0x2026 || (text[k] == '.' && k + 1 < count && text[k + 1] == '.'))
            return ASK;
    while (count && one_of(text[count - 1], CLOSING))
        count--;
    Py_UCS4 last = count ? text[count - 1] : '-';
    return one_of(last, SENTENCE_END) ? WHOLE : one_of(last, HALF_END) ? HALF : NO_END;
}

/* Whether ``_STAMP`` of clean/looks.py finds a day or a clock in numbers. */
static int stamped(const Py_UCS4 *text, Py_ssize_t count)
{
#define AT(k) ((k) < count && IS(text[k], DECIMAL))
#define PARTING(k) ((k) < count && (text[k] == '.' || text[k] == '/' || text[k] == '-'))
    for (Py_ssize_t k = 0; k + 3 < count; k++) {
        if (!AT(k))
            continue;
        Py_UCS4 mark = text[k + 1];
        if (PARTING(k + 1) && AT(k + 2))
            for (Py_ssize_t j = k + 3; j <= k + 4; j++) {
                if (PARTING(j) && AT(j + 1) && AT(j + 2))
                    return 1;
                if (!AT(j))
                    break;
            }
        if ((mark == ':' || mark == 'h' || mark == 'H') && AT(k + 2) && AT(k + 3)
            && (mark == ':' || k + 4 == count || !IS(text[k + 4], WORD)))
            return 1;
    }
    return 0;
}

/* Fills what does not depend on words. ``text[0:seen]`` are the characters whose pieces are examined. */
static void pieces_in(const Py_UCS4 *text, Py_ssize_t count, Py_ssize_t seen, int32_t *row)
{
    const unsigned char *latin = pages[0];
    int decimals = 0, space = 1;
    for (Py_ssize_t k = 0; k < count; k++) {
        unsigned char kind = text[k] < 256 ? latin[text[k]] : KIND(text[k]);
        if (k < seen) {
            decimals |= kind & DECIMAL;
            if (space && !(kind & SPACE)) {
                row[PARTS]++;
                row[CAPITALS] += (kind & CAPITAL) != 0;
            }
        }
        space = kind & SPACE;
        if (kind & (WORD | SPACE))
            continue;
        row[COMMAS] += text[k] == ',' || text[k] == 0x60C || text[k] == 0x3001;
        row[BARS] += text[k] == '|' || text[k] == 0x203A;
        row[QUOTES] |= one_of(text[k], QUOTATION);
    }
    row[LOW] = count && IS(text[0], SMALL);
    row[SEEN] = (int32_t)seen;
    row[CHARS] = (int32_t)count;
    row[END] = ending(text, count);
    row[DIGITS] = decimals ? row[DIGITS] : 0;
    row[STAMP] = row[DIGITS] > 1 && stamped(text, seen);
}

/* clean/looks.py, counts: (lines, lows, flags, most, reach, rows) → (tokens, themes, bounds). ``lows`` are the lines in lower
 * case; ``flags`` gives each known word 1 for a common one and twice the number of its category, from 1. ``rows`` int32
 * [lines, width], zeros, is filled. ``themes`` are the numbers of the distinct long words of the first ``reach``
 * characters of each line, int32, and ``bounds`` int32 [lines + 1] where those of a line begin. */
static PyObject *line_words(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *lines, *lows, *flags, *rows, *tokens = NULL, *answer = NULL;
    Py_ssize_t most, reach, room = 0;
    Py_UCS4 *text = NULL;
    int32_t *bounds = NULL;
    Views views = {.held = 0};
    Vocabulary vocabulary = {0}, *v = &vocabulary;
    if (!PyArg_ParseTuple(arguments, "O!O!O!nnO", &PyList_Type, &lines, &PyList_Type, &lows, &PyDict_Type, &flags, &most,
                          &reach, &rows))
        return NULL;
    Py_ssize_t count = PyList_Size(lines);
    v->flags = flags;
    tokens = PyList_New(count);
    bounds = PyMem_Malloc((size_t)(count + 1) * sizeof(int32_t));
    if (tokens == NULL || bounds == NULL || spread(v, 2048) < 0) {
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        goto done;
    }
    v->seed = (uint32_t)((uintptr_t)v->slots >> 4) * 0x9E3779B1u;
    int32_t *row = view(&views, rows, 4, -1, 1);
    if (row == NULL)
        goto done;
    Py_ssize_t width = count ? items(&views) / count : CUES;
    if (width < CUES || width * count != items(&views) || PyList_Size(lows) != count || reach < 1 || reach > most) {
        PyErr_SetString(PyExc_ValueError, "the rows are not those of these lines");
        goto done;
    }
    for (Py_ssize_t n = 0; n < count; n++, row += width) {
        PyObject *body = PyList_GetItem(lines, n), *held = PyList_New(0);
        if (held == NULL || PyList_SetItem(tokens, n, held) < 0)
            goto done;
        Py_ssize_t size = PyUnicode_GetLength(body); /* an error if it is no string */
        if (size < 0 || size > INT32_MAX || reserve((void **)&text, &room, 0, size + 1, sizeof(Py_UCS4)) < 0
            || PyUnicode_AsUCS4(body, text, room, 1) == NULL || learn(text, size) < 0)
            goto done;
        bounds[n] = (int32_t)v->themes;
        PyObject *low = size > most ? low_head(body, most) : Py_NewRef(PyList_GetItem(lows, n));
        int failed = words_in(v, low, n, held, row, width, size <= reach);
        Py_XDECREF(low);
        if (!failed && size > reach) {
            low = low_head(body, reach);
            failed = words_in(v, low, n, NULL, row, width, 1);
            Py_XDECREF(low);
        }
        if (failed)
            goto done;
        pieces_in(text, size, size < most ? size : most, row);
    }
    bounds[count] = (int32_t)v->themes;
    answer = Py_BuildValue("Oy#y#", tokens, v->theme == NULL ? "" : (char *)v->theme,
                           v->themes * (Py_ssize_t)sizeof(int32_t), (char *)bounds,
                           (count + 1) * (Py_ssize_t)sizeof(int32_t));
done:
    for (Py_ssize_t k = 0; k < v->count; k++)
        Py_DECREF(v->words[k].held);
    PyMem_Free(v->words), PyMem_Free(v->slots), PyMem_Free(v->text), PyMem_Free(v->theme);
    PyMem_Free(text), PyMem_Free(bounds);
    release(&views);
    Py_XDECREF(tokens);
    return answer;
}

/* lexicon/literals.py, occurring: (strings, text) → the numbers of the strings that stand in the text, in order. Those
 * of more than one character are looked up by their first two. */
#define PAIRS 4096
#define PAIR(a, b) (((a) * 0x9E5u + (b)) & (PAIRS - 1))
static PyObject *occurring(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *strings, *whole, *found = NULL, *answer = NULL;
    Py_UCS4 *text = NULL, *held = NULL;
    Py_ssize_t *starts = NULL, *sizes = NULL, used = 0, room = 0;
    int32_t heads[PAIRS], *next = NULL;
    if (!PyArg_ParseTuple(arguments, "O!U", &PyTuple_Type, &strings, &whole))
        return NULL;
    Py_ssize_t many = PyTuple_Size(strings), size = PyUnicode_GetLength(whole);
    text = PyUnicode_AsUCS4Copy(whole);
    starts = PyMem_Malloc((size_t)(many + 1) * sizeof(Py_ssize_t));
    sizes = PyMem_Malloc((size_t)(many + 1) * sizeof(Py_ssize_t));
    next = PyMem_Malloc((size_t)(many + 1) * sizeof(int32_t));
    found = PyList_New(0);
    if (text == NULL || starts == NULL || sizes == NULL || next == NULL || found == NULL || many > INT32_MAX / 2) {
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        goto done;
    }
    memset(heads, 0xFF, sizeof heads);
    for (Py_ssize_t n = 0; n < many; n++) {
        PyObject *string = PyTuple_GetItem(strings, n);
        Py_ssize_t length = PyUnicode_GetLength(string); /* an error if it is no string */
        if (length < 1) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a string is empty");
            goto done;
        }
        if (reserve((void **)&held, &room, used, length + 1, sizeof(Py_UCS4)) < 0
            || PyUnicode_AsUCS4(string, held + used, length + 1, 1) == NULL)
            goto done;
        starts[n] = used, sizes[n] = length;
        if (length == 1) {
            for (Py_ssize_t k = 0; k < size && sizes[n] > 0; k++)
                sizes[n] = text[k] == held[used] ? -1 : 1;
        } else {
            int32_t *head = &heads[PAIR(held[used], held[used + 1])];
            next[n] = *head, *head = (int32_t)n;
        }
        used += length;
    }
    for (Py_ssize_t k = 0; k + 1 < size; k++) {
        int32_t *at = &heads[PAIR(text[k], text[k + 1])];
        while (*at >= 0) {
            Py_ssize_t n = *at;
            if (sizes[n] <= size - k
                && memcmp(text + k, held + starts[n], (size_t)sizes[n] * sizeof(Py_UCS4)) == 0) {
                *at = next[n]; /* a string that was found is not looked for again */
                sizes[n] = -1;
            } else {
                at = &next[n];
            }
        }
    }
    for (Py_ssize_t n = 0; n < many; n++)
        if (sizes[n] < 0 && append_number(found, n) < 0)
            goto done;
    answer = found, found = NULL;
done:
    PyMem_Free(text), PyMem_Free(held), PyMem_Free(starts), PyMem_Free(sizes), PyMem_Free(next);
    Py_XDECREF(found);
    return answer;
}

/* clean/themes.py, Themes.shared: (themes, bounds, own, run, out). ``themes`` and ``bounds`` as line_words gives them; ``own`` and
 * ``run`` uint8 [lines] are the lines that have a theme and those of the run; ``out`` int32 [2, lines], zeros, is given how
 * many words of a line's theme the run has elsewhere, and how many it has. */
static PyObject *shared_words(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[5], *answer = NULL;
    Views views = {.held = 0};
    int32_t *times = NULL;
    if (!PyArg_ParseTuple(arguments, "OOOOO", &a[0], &a[1], &a[2], &a[3], &a[4]))
        return NULL;
    const char *bytes = view(&views, a[0], 1, -1, 0);
    if (bytes == NULL)
        goto done;
    Py_ssize_t held = items(&views) / (Py_ssize_t)sizeof(int32_t);
    const char *ends = view(&views, a[1], 1, -1, 0);
    if (ends == NULL)
        goto done;
    Py_ssize_t lines = items(&views) / (Py_ssize_t)sizeof(int32_t) - 1;
    const unsigned char *own = lines < 0 ? NULL : view(&views, a[2], 1, lines, 0);
    const unsigned char *run = own == NULL ? NULL : view(&views, a[3], 1, lines, 0);
    int32_t *out = run == NULL ? NULL : view(&views, a[4], 4, 2 * lines, 1);
    if (out == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "the themes have no bounds");
        goto done;
    }
    const int32_t *themes = (const int32_t *)(const void *)bytes, *bounds = (const int32_t *)(const void *)ends;
    int32_t most = -1;
    int fits = bounds[0] == 0 && bounds[lines] == held;
    for (Py_ssize_t k = 0; fits && k < lines; k++)
        fits = bounds[k] <= bounds[k + 1];
    for (Py_ssize_t k = 0; fits && k < held; k++) {
        fits = themes[k] >= 0 && themes[k] < INT32_MAX;
        most = themes[k] > most ? themes[k] : most;
    }
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "the themes are not those of these lines");
        goto done;
    }
    times = PyMem_Calloc((size_t)most + 2, sizeof(int32_t));
    if (times == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t n = 0; n < lines; n++)
        if (own[n] && run[n])
            for (int32_t k = bounds[n]; k < bounds[n + 1]; k++)
                times[themes[k]]++;
    for (Py_ssize_t n = 0; n < lines; n++) {
        if (!own[n])
            continue;
        for (int32_t k = bounds[n]; k < bounds[n + 1]; k++)
            out[n] += times[themes[k]] > (run[n] ? 1 : 0);
        out[lines + n] = bounds[n + 1] - bounds[n];
    }
    answer = Py_None;
    Py_INCREF(answer);
done:
    PyMem_Free(times);
    release(&views);
    return answer;
}

/* language/tags.py, looks: (words, row, known, out) → the words in lower case. ``out``, int64 [5, words], is given the
 * columns of ``_parts`` (the folded word, its last three and two letters, its shape) and the number of marks.py.
 * ``known`` are the numbers that do not follow from the shape of a word; ``row`` is asked for words that are not of
 * ASCII, or mix capitals with other letters. */
enum { ING = 1, PAST = 2, IN_CAPITAL = 4, MIXED = 128, PLACE = 16, ODD = 1 };
enum { ROW = 5 };

static int asked_row(PyObject *word, PyObject *row, int64_t *out, Py_ssize_t count)
{
    PyObject *found = PyObject_CallFunctionObjArgs(row, word, NULL);
    for (Py_ssize_t n = 0; n < ROW && found != NULL; n++) {
        PyObject *number = PySequence_GetItem(found, n);
        long long value = number == NULL ? -1 : PyLong_AsLongLong(number);
        Py_XDECREF(number);
        if (value == -1 && PyErr_Occurred())
            Py_CLEAR(found);
        else
            out[n * count] = value;
    }
    Py_XDECREF(found);
    return found == NULL ? -1 : 0;
}

static int ends_with(const unsigned char *word, Py_ssize_t size, const char *ending)
{
    Py_ssize_t length = (Py_ssize_t)strlen(ending);
    return size >= length && memcmp(word + size - length, ending, (size_t)length) == 0;
}

/* Fills the column at ``out``; the word in lower case, or NULL with an error. */
static PyObject *word_row(PyObject *word, PyObject *row, PyObject *known, int64_t *out, Py_ssize_t count)
{
    unsigned char low[LONGEST];
    const char *text;
    Py_ssize_t size = ascii(word, low, &text), upper = 0, lower = 0, digits = 0, hyphens = 0, shaped = 0;
    const unsigned char *written = (const unsigned char *)text;
    for (Py_ssize_t n = 0; n < size; n++) {
        upper += UPPER(written[n]);
        lower += LOWER(written[n]);
        digits += DIGIT(written[n]);
        hyphens += written[n] == '-';
    }
    if (size < 1 || (upper && lower && !(upper == 1 && UPPER(written[0]))))
        return asked_row(word, row, out, count) < 0 ? NULL : PyObject_CallMethod(word, "lower", NULL);
    PyObject *lowered = word, *number = PyDict_GetItemWithError(known, word); /* borrowed */
    long long mark = number == NULL ? 0 : PyLong_AsLongLong(number);
    if (PyErr_Occurred())
        return NULL;
    unsigned char first = written[0], shape[4];
    int plain = UPPER(first) || LOWER(first) || DIGIT(first);
    if (number == NULL) {
        if (ends_with(written, size, "ing"))
            mark |= ING;
        if (ends_with(written, size, "ed"))
            mark |= PAST;
        if (UPPER(first) && lower)
            mark |= IN_CAPITAL;
        if (upper + lower < size && upper + lower + digits > 0)
            mark |= MIXED;
        if (!plain
            || (DIGIT(first) && (ends_with(low, size, "st") || ends_with(low, size, "nd") || ends_with(low, size, "rd")
                                 || ends_with(low, size, "th"))))
            mark |= ODD << PLACE;
    }
    shape[shaped++] = size > 1 && upper && !lower ? 'A' : UPPER(first) ? 'a' : DIGIT(first) ? '0' : 'x';
    if (hyphens)
        shape[shaped++] = '-';
    if (written[size - 1] == '.')
        shape[shaped++] = '.';
    if (!plain)
        shape[shaped++] = 'p';
    lowered = upper ? PyUnicode_FromStringAndSize((const char *)low, size) : Py_NewRef(word);
    if (DIGIT(first)) {
        size = size == 4 && digits == 4 ? 4 : 1;
        memset(low, '0', (size_t)size);
    }
    out[0] = crc(low, size);
    out[count] = size > 3 ? crc(low + size - 3, 3) : crc(low, size);
    out[2 * count] = size > 2 ? crc(low + size - 2, 2) : crc(low, size);
    out[3 * count] = crc(shape, shaped);
    out[4 * count] = mark;
    return lowered;
}

static PyObject *word_columns(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *words, *row, *known, *array, *answer = NULL;
    Views views = {.held = 0};
    if (!PyArg_ParseTuple(arguments, "OOO!O", &words, &row, &PyDict_Type, &known, &array))
        return NULL;
    Py_ssize_t count = PySequence_Size(words);
    int64_t *out = count < 0 ? NULL : view(&views, array, 8, ROW * count, 1);
    answer = out == NULL ? NULL : PyList_New(count);
    for (Py_ssize_t k = 0; answer != NULL && k < count; k++) {
        PyObject *word = PySequence_GetItem(words, k);
        PyObject *low = word == NULL ? NULL : word_row(word, row, known, out + k, count);
        Py_XDECREF(word);
        if (low == NULL || PyList_SetItem(answer, k, low) < 0)
            Py_CLEAR(answer);
    }
    release(&views);
    return answer;
}

/* language/linear.py, Templates.rows and Packed.score in one:
 * (columns, sentence, reach, slots, salt, primes, bits, packed, scale, none, out).
 *
 * ``columns`` int64 [columns, tokens], ``sentence`` int64 [tokens], ``reach`` int64 [names, 2] (a column and how many
 * tokens on it is looked at), ``slots`` int64 [4, templates], ``salt`` uint64 [templates], ``primes`` uint64 [4],
 * ``packed`` uint64 [2**bits, words], ``scale`` float32 [labels], ``out`` float32 [tokens, labels]. */
#define MAX_NAMES 128
#define MAX_TEMPLATES 256
#define MAX_WORDS 8
#define EDGE 1
#define LOW_BYTES 0x00FF00FF00FF00FFu

/* Tokens are hashed this many at once, a template at a time, so that each loop runs over adjacent numbers. */
#define BLOCK 32

typedef struct {
    Py_ssize_t count, names, templates, words;
    const int64_t *columns, *sentence, *reach, *slots;
    const uint64_t *salt, *primes;
    int bits;
    uint64_t base[MAX_NAMES + 1][BLOCK], rows[MAX_TEMPLATES][BLOCK];
} Hashed;

/* What each name of ``reach`` is for the tokens ``[from, from + size)``. */
static void look_around(Hashed *h, Py_ssize_t from, Py_ssize_t size)
{
    memset(h->base[0], 0, sizeof(h->base[0]));
    for (Py_ssize_t n = 0; n < h->names; n++) {
        Py_ssize_t far = (Py_ssize_t)h->reach[2 * n + 1];
        const int64_t *column = h->columns + h->reach[2 * n] * h->count;
        uint64_t *base = h->base[n + 1];
        for (Py_ssize_t k = 0; k < size; k++) {
            Py_ssize_t at = from + k + far;
            int inside = at >= 0 && at < h->count && (far == 0 || h->sentence[at] == h->sentence[from + k]);
            base[k] = inside ? (uint64_t)column[at] : EDGE;
        }
    }
}

/* Where the row of each template begins in the table of weights, for the tokens ``[from, from + size)``. */
static void hash_rows(Hashed *h, Py_ssize_t from, Py_ssize_t size)
{
    look_around(h, from, size);
    for (Py_ssize_t t = 0; t < h->templates; t++) {
        uint64_t *rows = h->rows[t];
        for (Py_ssize_t k = 0; k < size; k++)
            rows[k] = h->salt[t];
        for (Py_ssize_t s = 0; s < 4; s++) {
            const uint64_t *base = h->base[h->slots[s * h->templates + t]], prime = h->primes[s];
            for (Py_ssize_t k = 0; base != h->base[0] && k < size; k++)
                rows[k] += base[k] * prime;
        }
        for (Py_ssize_t k = 0; k < size; k++) {
            uint64_t total = rows[k] ^ rows[k] >> 31;
            rows[k] = (total * 0x9E3779B97F4A7C15u >> (64 - h->bits)) * (uint64_t)h->words;
        }
    }
}

/* The sums of the bytes of the rows of token ``k`` of a block, in lanes of 16 bits: even and odd bytes of each word. */
static inline void add_rows(const Hashed *h, Py_ssize_t k, const uint64_t *packed, Py_ssize_t words, uint64_t *sums)
{
    for (Py_ssize_t w = 0; w < 2 * words; w++)
        sums[w] = 0;
    for (Py_ssize_t t = 0; t < h->templates; t++)
        for (Py_ssize_t w = 0; w < words; w++) {
            uint64_t bytes = packed[h->rows[t][k] + (uint64_t)w];
            sums[2 * w] += bytes & LOW_BYTES;
            sums[2 * w + 1] += (bytes >> 8) & LOW_BYTES;
        }
}

static PyObject *score(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[9];
    Views views = {.held = 0};
    Hashed *h = NULL;
    int bits;
    float none;
    if (!PyArg_ParseTuple(arguments, "OOOOOOiOOfO", &a[0], &a[1], &a[2], &a[3], &a[4], &a[5], &bits, &a[6], &a[7],
                          &none, &a[8]))
        return NULL;
    PyObject *answer = NULL;
    const int64_t *sentence = view(&views, a[1], 8, -1, 0);
    if (sentence == NULL)
        goto done;
    Py_ssize_t count = items(&views);
    const int64_t *columns = view(&views, a[0], 8, -1, 0);
    if (columns == NULL)
        goto done;
    Py_ssize_t width = count ? items(&views) / count : 0;
    const int64_t *reach = view(&views, a[2], 8, -1, 0);
    if (reach == NULL)
        goto done;
    Py_ssize_t names = items(&views) / 2;
    const uint64_t *salt = view(&views, a[4], 8, -1, 0);
    if (salt == NULL)
        goto done;
    Py_ssize_t templates = items(&views);
    const int64_t *slots = view(&views, a[3], 8, 4 * templates, 0);
    const uint64_t *primes = slots == NULL ? NULL : view(&views, a[5], 8, 4, 0);
    const uint64_t *packed = primes == NULL ? NULL : view(&views, a[6], 8, -1, 0);
    if (packed == NULL)
        goto done;
    Py_ssize_t held = items(&views);
    const float *scale = view(&views, a[7], 4, -1, 0);
    if (scale == NULL)
        goto done;
    Py_ssize_t labels = items(&views);
    float *out = view(&views, a[8], 4, count * labels, 1);
    if (out == NULL)
        goto done;
    Py_ssize_t words = (labels + 7) / 8;
    int fits = bits > 0 && bits < 32 && names <= MAX_NAMES && templates <= MAX_TEMPLATES && words <= MAX_WORDS
               && width * count == views.buffers[1].len / 8 && held == words * ((Py_ssize_t)1 << bits);
    for (Py_ssize_t n = 0; fits && n < names; n++)
        fits = reach[2 * n] >= 0 && reach[2 * n] < width && reach[2 * n + 1] > -256 && reach[2 * n + 1] < 256;
    for (Py_ssize_t n = 0; fits && n < 4 * templates; n++)
        fits = slots[n] >= 0 && slots[n] <= names;
    if (!fits && count) {
        PyErr_SetString(PyExc_ValueError, "columns, templates and weights do not go together");
        goto done;
    }
    h = PyMem_Malloc(sizeof(Hashed));
    if (h == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    h->count = count, h->names = names, h->templates = templates, h->words = words, h->bits = bits;
    h->columns = columns, h->sentence = sentence, h->reach = reach, h->slots = slots;
    h->salt = salt, h->primes = primes;
    for (Py_ssize_t k = 0; k < count; k++) {
        uint64_t sums[2 * MAX_WORDS];
        if (k % BLOCK == 0)
            hash_rows(h, k, count - k < BLOCK ? count - k : BLOCK);
        if (k + 1 < count && (k + 1) % BLOCK)
            for (Py_ssize_t t = 0; t < templates; t++)
                PREFETCH(packed + h->rows[t][(k + 1) % BLOCK]);
        /* With a constant number of words the sums stay in registers. */
        if (words == 1)
            add_rows(h, k % BLOCK, packed, 1, sums);
        else if (words == 3)
            add_rows(h, k % BLOCK, packed, 3, sums);
        else
            add_rows(h, k % BLOCK, packed, words, sums);
        for (Py_ssize_t n = 0; n < labels; n++) {
            uint64_t lanes = sums[n / 8 * 2 + n % 2];
            float sum = (float)((lanes >> (n % 8 / 2 * 16)) & 0xFFFF);
            sum -= none;
            out[k * labels + n] = sum * scale[n];
        }
    }
    answer = Py_None;
    Py_INCREF(answer);
done:
    PyMem_Free(h);
    release(&views);
    return answer;
}

/* language/linear.py, Linear.decode: (scores, transitions, first, starts, out); ``out`` is int64 [tokens] */
static PyObject *viterbi(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[5], *answer = NULL;
    Views views = {.held = 0};
    float *trail = NULL;
    if (!PyArg_ParseTuple(arguments, "OOOOO", &a[0], &a[1], &a[2], &a[3], &a[4]))
        return NULL;
    const float *first = view(&views, a[2], 4, -1, 0);
    if (first == NULL)
        goto done;
    Py_ssize_t labels = items(&views);
    const float *moves = view(&views, a[1], 4, labels * labels, 0);
    const int64_t *starts = moves == NULL ? NULL : view(&views, a[3], 8, -1, 0);
    if (starts == NULL)
        goto done;
    Py_ssize_t sequences = items(&views);
    int64_t *out = view(&views, a[4], 8, -1, 1);
    if (out == NULL)
        goto done;
    Py_ssize_t count = items(&views);
    const float *scores = view(&views, a[0], 4, count * labels, 0);
    if (scores == NULL)
        goto done;
    int fits = labels > 0;
    for (Py_ssize_t s = 0; fits && s < sequences; s++)
        fits = starts[s] >= (s ? starts[s - 1] + 1 : 0) && starts[s] < count;
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "sequences must begin in order, within the tokens");
        goto done;
    }
    trail = PyMem_Malloc((size_t)(count * labels + 1) * sizeof(float));
    if (trail == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    memset(out, 0, (size_t)count * sizeof(int64_t));
    for (Py_ssize_t s = 0; s < sequences; s++) {
        Py_ssize_t from = (Py_ssize_t)starts[s], stop = s + 1 < sequences ? (Py_ssize_t)starts[s + 1] : count;
        for (Py_ssize_t j = 0; j < labels; j++)
            trail[from * labels + j] = scores[from * labels + j] + first[j];
        for (Py_ssize_t k = from + 1; k < stop; k++) {
            const float *before = trail + (k - 1) * labels;
            for (Py_ssize_t j = 0; j < labels; j++) {
                float best = before[0] + moves[j];
                for (Py_ssize_t i = 1; i < labels; i++) {
                    float value = before[i] + moves[i * labels + j];
                    best = value > best ? value : best;
                }
                trail[k * labels + j] = best + scores[k * labels + j];
            }
        }
        Py_ssize_t state = -1;
        for (Py_ssize_t k = stop - 1; k >= from; k--) {
            Py_ssize_t chosen = 0;
            float best = 0;
            for (Py_ssize_t i = 0; i < labels; i++) {
                float value = trail[k * labels + i];
                if (state >= 0)
                    value += moves[i * labels + state];
                if (i == 0 || value > best)
                    best = value, chosen = i;
            }
            out[k] = state = chosen;
        }
    }
    answer = Py_None;
    Py_INCREF(answer);
done:
    PyMem_Free(trail);
    release(&views);
    return answer;
}

/* claims/features.py, rows: (words, places, parts, strong, out). ``words`` int64 [7, tokens] are word, lemma, shape, last
 * letters, tag, class bits of the tag and cue rate; ``places`` int64 [3, tokens] quotation, sentence and block;
 * ``parts`` int64 [3, tokens] the columns of ``_clauses``. ``out`` is int64 [CLAIM_COLUMNS, tokens]. */
enum {
    W, LEM, SHAPE, S3, TAG, RATE, START, POSITION, INSIDE, STATE, SENTQ, OPENED,
    N_AT, N_HEAD, N_NEXT, N_PREV, N_NEXT_TAG, N_PREV_TAG, N_VERB, N_VERB_RATE,
    V_AT, V_HEAD, V_RATE, V_NEXT, V_PREV, V_NEXT_TAG, V_PREV_TAG,
    LC, LC_RATE, LC_FAR, LC_SAME, LC_NEXT, RC, RC_RATE, RC_FAR, RC_SAME, LV, LV_RATE, RV, RV_RATE,
    PART, PART_RATE, PART_SHAPE, CLAIM_COLUMNS
};
enum { KIND_OF = 5, RATE_OF = 6, NOMINAL = 9, VERBAL = 2, VERB = 4, PRONOUN = 8, PARTED = 24 };

typedef struct {
    Py_ssize_t count;
    const int64_t *lem, *tag, *kind, *rate, *quote, *sentence, *block;
    int64_t *out;
    /* scratch: first and last token of the group around each, and the nearest verb and cue to both sides */
    int64_t *n_first, *n_last, *v_first, *v_last, *left_verb, *right_verb, *left_cue, *right_cue;
} Claims;

#define COLUMN(name) (c->out + (name) * c->count)

/* _runs: the groups of the tokens with one of ``bits``; ``breaks`` are bits that open a group, a pronoun ends one */
static void groups(const Claims *c, int bits, int breaks, int64_t *first, int64_t *last)
{
    for (Py_ssize_t k = 0; k < c->count; k++) {
        int joined = k > 0 && (c->kind[k] & bits) && (c->kind[k - 1] & bits) && c->sentence[k] == c->sentence[k - 1]
                     && !(breaks && ((c->kind[k] & breaks) || (c->kind[k - 1] & PRONOUN)));
        first[k] = joined ? first[k - 1] : k;
    }
    for (Py_ssize_t k = c->count - 1; k >= 0; k--)
        last[k] = k + 1 < c->count && first[k + 1] != k + 1 ? last[k + 1] : k;
}

/* _Columns.reach: whether a place lies in the sentence of token ``k`` */
static int near_by(const Claims *c, int64_t place, Py_ssize_t k)
{
    return place >= 0 && place < c->count && c->sentence[place] == c->sentence[k];
}

/* _quotation */
static void quotations(const Claims *c, Py_ssize_t *sizes)
{
    for (Py_ssize_t k = 0; k < c->count; k++)
        sizes[c->quote[k]]++;
    Py_ssize_t sentence = 0, block = 0;
    for (Py_ssize_t k = 0; k < c->count; k++) {
        int inside = c->quote[k] > 0, edge = 0;
        int start = k == 0 || c->sentence[k] != c->sentence[k - 1];
        if (start)
            sentence = k;
        if (k == 0 || c->block[k] != c->block[k - 1])
            block = k;
        edge += k > 0 && c->quote[k] != c->quote[k - 1];
        edge += 2 * (k + 1 < c->count && c->quote[k] != c->quote[k + 1]);
        Py_ssize_t size = sizes[c->quote[k]];
        int64_t step = 1 + (size >= 5) + (size >= 10) + (size >= 25);
        COLUMN(INSIDE)[k] = inside;
        COLUMN(STATE)[k] = inside ? step * 4 + edge : 0;
        COLUMN(START)[k] = start;
        COLUMN(POSITION)[k] = k - sentence < 3 ? k - sentence : 3;
        COLUMN(OPENED)[k] = c->quote[block] > 0;
        COLUMN(SENTQ)[k] = inside || (!start && COLUMN(SENTQ)[k - 1]);
    }
    for (Py_ssize_t k = c->count - 2; k >= 0; k--)
        if (c->sentence[k] == c->sentence[k + 1])
            COLUMN(SENTQ)[k] = COLUMN(SENTQ)[k + 1];
}

static void beside(const Claims *c, int name, int tag, int64_t place, int within, Py_ssize_t k)
{
    int here = near_by(c, place, k);
    COLUMN(name)[k] = within ? (here ? c->lem[place] : 1) : 0;
    COLUMN(tag)[k] = within ? (here ? c->tag[place] : 1) : 0;
}

/* The nearest cue to a side: ``name`` is its first column, those of its rate, distance and quotation follow. */
static void cue(const Claims *c, int name, int64_t place, Py_ssize_t k)
{
    int here = near_by(c, place, k);
    int64_t far = place < k ? k - place : place - k;
    COLUMN(name)[k] = here ? c->lem[place] : 1;
    COLUMN(name + 1)[k] = here ? c->rate[place] : 0;
    COLUMN(name + 2)[k] = here ? (far >= 2) + (far >= 3) + (far >= 4) + (far >= 5) + (far >= 9) : 9;
    COLUMN(name + 3)[k] = here && c->quote[k] > 0 && c->quote[place] == c->quote[k];
}

static void claims(const Claims *c, int64_t strong)
{
    groups(c, NOMINAL, PARTED, c->n_first, c->n_last);
    groups(c, VERBAL, 0, c->v_first, c->v_last);
    int64_t verb = -1, lead = -1;
    for (Py_ssize_t k = 0; k < c->count; k++) {
        c->left_verb[k] = verb, c->left_cue[k] = lead;
        verb = c->kind[k] & VERB ? k : verb;
        lead = c->rate[k] >= strong ? k : lead;
    }
    verb = lead = c->count;
    for (Py_ssize_t k = c->count - 1; k >= 0; k--) {
        c->right_verb[k] = verb, c->right_cue[k] = lead;
        verb = c->kind[k] & VERB ? k : verb;
        lead = c->rate[k] >= strong ? k : lead;
    }
    for (Py_ssize_t k = 0; k < c->count; k++) {
        int nominal = (c->kind[k] & NOMINAL) != 0, verbal = (c->kind[k] & VERBAL) != 0;
#define HEAD(at) \
    (c->kind[c->v_last[at]] & VERB ? c->v_last[at] \
     : c->left_verb[c->v_last[at]] > c->v_first[at] ? c->left_verb[c->v_last[at]] : c->v_first[at])
        int64_t head = HEAD(k), next = c->n_last[k] + 1;
        COLUMN(N_AT)[k] = nominal ? (k > c->n_first[k] ? 2 : 0) + (k == c->n_last[k]) + 4 : 0;
        COLUMN(V_AT)[k] = verbal ? (k > c->v_first[k] ? 2 : 0) + (k == c->v_last[k]) + 4 : 0;
        COLUMN(N_HEAD)[k] = nominal ? c->lem[c->n_last[k]] : 0;
        COLUMN(V_HEAD)[k] = verbal ? c->lem[head] : 0;
        COLUMN(V_RATE)[k] = verbal ? c->rate[head] + 1 : 0;
        beside(c, N_NEXT, N_NEXT_TAG, next, nominal, k);
        beside(c, N_PREV, N_PREV_TAG, c->n_first[k] - 1, nominal, k);
        beside(c, V_NEXT, V_NEXT_TAG, c->v_last[k] + 1, verbal, k);
        beside(c, V_PREV, V_PREV_TAG, c->v_first[k] - 1, verbal, k);
        int follows = nominal && near_by(c, next, k) && (c->kind[next] & VERBAL);
        COLUMN(N_VERB)[k] = follows ? c->lem[HEAD(next)] : 0;
        COLUMN(N_VERB_RATE)[k] = follows ? c->rate[HEAD(next)] + 1 : 0;
        cue(c, LC, c->left_cue[k], k);
        cue(c, RC, c->right_cue[k], k);
        COLUMN(LC_NEXT)[k] = near_by(c, c->left_cue[k] + 1, k) ? c->lem[c->left_cue[k] + 1] : 1;
        int left = near_by(c, c->left_verb[k], k), right = near_by(c, c->right_verb[k], k);
        COLUMN(LV)[k] = left ? c->lem[c->left_verb[k]] : 1;
        COLUMN(LV_RATE)[k] = left ? c->rate[c->left_verb[k]] : 0;
        COLUMN(RV)[k] = right ? c->lem[c->right_verb[k]] : 1;
        COLUMN(RV_RATE)[k] = right ? c->rate[c->right_verb[k]] : 0;
    }
}

static PyObject *claim_columns(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[4], *answer = NULL;
    Views views = {.held = 0};
    long long strong;
    int64_t *scratch = NULL;
    Py_ssize_t *sizes = NULL;
    Claims held = {0}, *c = &held;
    if (!PyArg_ParseTuple(arguments, "OOOLO", &a[0], &a[1], &a[2], &strong, &a[3]))
        return NULL;
    const int64_t *words = view(&views, a[0], 8, -1, 0);
    if (words == NULL)
        goto done;
    Py_ssize_t n = c->count = items(&views) / 7;
    const int64_t *places = view(&views, a[1], 8, 3 * n, 0);
    const int64_t *parts = places == NULL ? NULL : view(&views, a[2], 8, 3 * n, 0);
    c->out = parts == NULL ? NULL : view(&views, a[3], 8, CLAIM_COLUMNS * n, 1);
    if (c->out == NULL)
        goto done;
    c->lem = words + n, c->tag = words + 4 * n, c->kind = words + KIND_OF * n, c->rate = words + RATE_OF * n;
    c->quote = places, c->sentence = places + n, c->block = places + 2 * n;
    int64_t most = 0;
    for (Py_ssize_t k = 0; k < n; k++) {
        if (c->quote[k] < 0 || c->quote[k] > INT32_MAX) {
            PyErr_SetString(PyExc_ValueError, "a quotation has no number");
            goto done;
        }
        most = c->quote[k] > most ? c->quote[k] : most;
    }
    sizes = PyMem_Calloc((size_t)most + 1, sizeof(Py_ssize_t));
    scratch = PyMem_Calloc((size_t)n + 1, 8 * sizeof(int64_t));
    if (sizes == NULL || scratch == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    int64_t **columns[] = {&c->n_first, &c->n_last, &c->v_first, &c->v_last,
                           &c->left_verb, &c->right_verb, &c->left_cue, &c->right_cue};
    for (int k = 0; k < 8; k++)
        *columns[k] = scratch + k * n;
    memcpy(COLUMN(W), words, (size_t)(5 * n) * sizeof(int64_t));
    memcpy(COLUMN(RATE), c->rate, (size_t)n * sizeof(int64_t));
    memcpy(COLUMN(PART), parts, (size_t)(3 * n) * sizeof(int64_t));
    quotations(c, sizes);
    claims(c, strong);
    answer = Py_None;
    Py_INCREF(answer);
done:
    PyMem_Free(sizes);
    PyMem_Free(scratch);
    release(&views);
    return answer;
}

/* clean/forest.py, Forest.sums: (rows, size, features, thresholds, leaves, out). ``rows`` float32 [size, width];
 * ``features`` and ``thresholds`` are tuples of a level each, int64 and float32 [trees * 2**level]; ``leaves`` float32
 * [trees * 2**depth]; ``out`` float32 [size, trees] is given the leaf that each row reaches in each tree. */
#define MAX_DEPTH 12
#define ROWS 32
static PyObject *leaves(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[5], *answer = NULL;
    Views views = {.held = 0};
    Py_ssize_t size, depth;
    const int64_t *features[MAX_DEPTH];
    const float *thresholds[MAX_DEPTH];
    if (!PyArg_ParseTuple(arguments, "OnO!O!OO", &a[0], &size, &PyTuple_Type, &a[1], &PyTuple_Type, &a[2], &a[3],
                          &a[4]))
        return NULL;
    depth = PyTuple_Size(a[1]);
    const float *rows = view(&views, a[0], 4, -1, 0);
    if (rows == NULL)
        goto done;
    Py_ssize_t width = size > 0 ? items(&views) / size : 0;
    int fits = size >= 0 && depth > 0 && depth <= MAX_DEPTH && PyTuple_Size(a[2]) == depth
               && width * size == items(&views);
    const float *held = view(&views, a[3], 4, -1, 0);
    if (held == NULL)
        goto done;
    Py_ssize_t trees = fits ? items(&views) >> depth : 0;
    for (Py_ssize_t level = 0; fits && level < depth; level++) {
        features[level] = view(&views, PyTuple_GetItem(a[1], level), 8, trees << level, 0);
        thresholds[level] =
            features[level] == NULL ? NULL : view(&views, PyTuple_GetItem(a[2], level), 4, trees << level, 0);
        if (thresholds[level] == NULL)
            goto done;
        for (Py_ssize_t n = 0; fits && n < trees << level; n++)
            fits = features[level][n] >= 0 && (size == 0 || features[level][n] < width);
    }
    if (!fits || trees << depth != views.buffers[1].len / 4) {
        PyErr_SetString(PyExc_ValueError, "the rows are not those of these trees");
        goto done;
    }
    float *out = view(&views, a[4], 4, size * trees, 1);
    if (out == NULL)
        goto done;
    /* Four rows go down a tree together, since each step of one waits for the step before it, and many rows go down one
     * tree before the next, which would push it out of the cache. */
    for (Py_ssize_t begin = 0; begin < size; begin += ROWS) {
        Py_ssize_t end = begin + ROWS < size ? begin + ROWS : size;
        for (Py_ssize_t tree = 0; tree < trees; tree++) {
            Py_ssize_t k = begin;
            for (; k + 4 <= end; k += 4) {
                const float *row = rows + k * width;
                Py_ssize_t one = tree, two = tree, three = tree, four = tree;
                for (Py_ssize_t level = 0; level < depth; level++) {
                    const int64_t *feature = features[level];
                    const float *threshold = thresholds[level];
                    one = 2 * one + (row[feature[one]] > threshold[one]);
                    two = 2 * two + (row[width + feature[two]] > threshold[two]);
                    three = 2 * three + (row[2 * width + feature[three]] > threshold[three]);
                    four = 2 * four + (row[3 * width + feature[four]] > threshold[four]);
                }
                out[k * trees + tree] = held[one];
                out[(k + 1) * trees + tree] = held[two];
                out[(k + 2) * trees + tree] = held[three];
                out[(k + 3) * trees + tree] = held[four];
            }
            for (; k < end; k++) {
                Py_ssize_t node = tree;
                for (Py_ssize_t level = 0; level < depth; level++)
                    node = 2 * node + (rows[k * width + features[level][node]] > thresholds[level][node]);
                out[k * trees + tree] = held[node];
            }
        }
    }
    answer = Py_None;
    Py_INCREF(answer);
done:
    release(&views);
    return answer;
}

/* ---- Words of stories */

/* Whether a capital behind it may be due to the start of a sentence. */
static int stops(Py_UCS4 c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == '"' || c == 0x201D || c == 0x201C || c == '\n';
}

/* stories/words.py, words: (text, key, out) → the number of words; ``out`` gets a row each of starts, ends, keys and kinds.
   ``key`` numbers the words that are not of ASCII. */
static PyObject *story_words(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    enum { BEGINS_WITH_CAPITAL = 1, FIGURE = 2, INNER = 4 };
    PyObject *whole, *key, *rows, *answer = NULL;
    Views views = {.held = 0};
    if (!PyArg_ParseTuple(arguments, "UOO", &whole, &key, &rows))
        return NULL;
    Py_ssize_t count = PyUnicode_GetLength(whole), words = 0;
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(whole);
    if (text == NULL || learn(text, count) < 0)
        goto done;
    int64_t *out = view(&views, rows, 8, 4 * count, 1);
    if (out == NULL)
        goto done;
    for (Py_ssize_t i = 0; i < count;) {
        Py_ssize_t j = story_word(text, i, count);
        if (j < 0) {
            i++;
            continue;
        }
        int64_t number = story_key(text, i, j);
        if (number < 0) {
            PyObject *word = PyUnicode_Substring(whole, i, j);
            PyObject *held = word == NULL ? NULL : PyObject_CallFunctionObjArgs(key, word, NULL);
            Py_XDECREF(word);
            number = held == NULL ? -1 : PyLong_AsLongLong(held);
            Py_XDECREF(held);
            if (PyErr_Occurred())
                goto done;
        }
        out[words] = i;
        out[count + words] = j;
        out[2 * count + words] = number;
        out[3 * count + words++] = (IS(text[i], CAPITAL) ? BEGINS_WITH_CAPITAL : 0) | (IS(text[i], NUMERAL) ? FIGURE : 0)
                                   | (i >= 2 && text[i - 1] == ' ' && !stops(text[i - 2]) ? INNER : 0);
        i = j;
    }
    answer = PyLong_FromSsize_t(words);
done:
    PyMem_Free(text);
    release(&views);
    return answer;
}

static PyMethodDef functions[] = {
    {"tokenize", tokenize, METH_VARARGS, NULL},
    {"story_words", story_words, METH_VARARGS, NULL},
    {"line_words", line_words, METH_VARARGS, NULL},
    {"shared_words", shared_words, METH_VARARGS, NULL},
    {"occurring", occurring, METH_VARARGS, NULL},
    {"collapsed", collapsed, METH_O, NULL},
    {"date_places", date_places, METH_O, NULL},
    {"flat_lines", flat_lines, METH_O, NULL},
    {"word_columns", word_columns, METH_VARARGS, NULL},
    {"score", score, METH_VARARGS, NULL},
    {"viterbi", viterbi, METH_VARARGS, NULL},
    {"claim_columns", claim_columns, METH_VARARGS, NULL},
    {"leaves", leaves, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_core", "What costs most for each token, in C: see core/__init__.py.", -1, functions,
    NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__core(void)
{
    for (uint32_t n = 0; n < 256; n++) {
        uint32_t value = n;
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
        crc_table[n] = value;
    }
    if (page_of('a') == NULL)
        return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL && PyModule_AddIntConstant(module, "SOURCE", SOURCE) < 0)
        Py_CLEAR(module);
    return module;
}
