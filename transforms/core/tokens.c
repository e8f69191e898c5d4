/* Tokens of a text: language/tokens.py. */
#include "core.h"

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
PyObject *core_tokenize(PyObject *Py_UNUSED(module), PyObject *arguments)
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
    if (text == NULL || core_learn(text, count) < 0)
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
        int failed = word == NULL || core_append_number(lists[0], start + i) < 0 || core_append_number(lists[1], start + j) < 0
                     || PyList_Append(lists[2], word) < 0;
        if (!failed && !IS(text[j - 1], WORD))
            for (int n = 0; stops[n] && !failed; n++)
                failed = stops[n] == text[j - 1] && core_append_number(lists[3], token) < 0;
        if (!failed && !IS(text[i], WORD)) {
            int marked = PySet_Contains(marking, word);
            failed = marked < 0 || (marked && core_append_number(lists[4], token) < 0);
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
