/* Where years and dates in numbers may stand: dateline/stamps.py. */
#include "core.h"

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
PyObject *core_date_places(PyObject *Py_UNUSED(module), PyObject *whole)
{
    if (!PyUnicode_Check(whole))
        return PyErr_Format(PyExc_TypeError, "a string is needed");
    Py_ssize_t count = PyUnicode_GetLength(whole), free_from = 0;
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(whole);
    PyObject *years = PyList_New(0), *hints = PyList_New(0), *answer = NULL;
    if (text == NULL || years == NULL || hints == NULL || core_learn(text, count) < 0)
        goto done;
    for (Py_ssize_t k = 0; k < count; k++) {
        if (!IS(text[k], DECIMAL))
            continue;
        int century = k + 1 < count && ((text[k] == '1' && text[k + 1] == '9') || (text[k] == '2' && text[k + 1] == '0'));
        if (century && year_at(text, k, count) && core_append_number(years, k) < 0)
            goto done;
        if (k >= free_from) {
            Py_ssize_t end = hint_at(text, k, count);
            if (end >= 0) {
                free_from = end;
                if (core_append_number(hints, k) < 0)
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
