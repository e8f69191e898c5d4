/* Columns of words, for tags: language/tags.py. */
#include "core.h"
#include <string.h>

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
    Py_ssize_t size = core_ascii(word, low, &text), upper = 0, lower = 0, digits = 0, hyphens = 0, shaped = 0;
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
    out[0] = core_crc(low, size);
    out[count] = size > 3 ? core_crc(low + size - 3, 3) : core_crc(low, size);
    out[2 * count] = size > 2 ? core_crc(low + size - 2, 2) : core_crc(low, size);
    out[3 * count] = core_crc(shape, shaped);
    out[4 * count] = mark;
    return lowered;
}

PyObject *core_word_columns(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *words, *row, *known, *array, *answer = NULL;
    Views views = {.held = 0};
    if (!PyArg_ParseTuple(arguments, "OOO!O", &words, &row, &PyDict_Type, &known, &array))
        return NULL;
    Py_ssize_t count = PySequence_Size(words);
    int64_t *out = count < 0 ? NULL : core_view(&views, array, 8, ROW * count, 1);
    answer = out == NULL ? NULL : PyList_New(count);
    for (Py_ssize_t k = 0; answer != NULL && k < count; k++) {
        PyObject *word = PySequence_GetItem(words, k);
        PyObject *low = word == NULL ? NULL : word_row(word, row, known, out + k, count);
        Py_XDECREF(word);
        if (low == NULL || PyList_SetItem(answer, k, low) < 0)
            Py_CLEAR(answer);
    }
    core_release(&views);
    return answer;
}
