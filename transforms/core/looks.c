/* Lines of a page, counted: clean/looks.py, with the themes of clean/themes.py. */
#include "core.h"
#include <string.h>

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
    if (core_reserve((void **)&v->words, &v->space, v->count, 1, sizeof(Word)) < 0)
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
    if (size < 0 || core_reserve((void **)&v->text, &v->room, at, size + 1, sizeof(Py_UCS4)) < 0
        || PyUnicode_AsUCS4(low, v->text + at, size + 1, 1) == NULL || core_learn(v->text + at, size) < 0)
        return -1;
    v->used = end;
    const unsigned char *latin = core_pages[0];
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
            if (core_reserve((void **)&v->theme, &v->themes_room, v->themes, 1, sizeof(int32_t)) < 0)
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
    const unsigned char *latin = core_pages[0];
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
PyObject *core_line_words(PyObject *Py_UNUSED(module), PyObject *arguments)
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
    int32_t *row = core_view(&views, rows, 4, -1, 1);
    if (row == NULL)
        goto done;
    Py_ssize_t width = count ? core_items(&views) / count : CUES;
    if (width < CUES || width * count != core_items(&views) || PyList_Size(lows) != count || reach < 1 || reach > most) {
        PyErr_SetString(PyExc_ValueError, "the rows are not those of these lines");
        goto done;
    }
    for (Py_ssize_t n = 0; n < count; n++, row += width) {
        PyObject *body = PyList_GetItem(lines, n), *held = PyList_New(0);
        if (held == NULL || PyList_SetItem(tokens, n, held) < 0)
            goto done;
        Py_ssize_t size = PyUnicode_GetLength(body); /* an error if it is no string */
        if (size < 0 || size > INT32_MAX || core_reserve((void **)&text, &room, 0, size + 1, sizeof(Py_UCS4)) < 0
            || PyUnicode_AsUCS4(body, text, room, 1) == NULL || core_learn(text, size) < 0)
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
    core_release(&views);
    Py_XDECREF(tokens);
    return answer;
}
