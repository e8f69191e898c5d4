/* Lines of a flat text: flat.py. */
#include "core.h"

/* flat.py, flat_lines: text → (starts, ends, indents, spaces, numbers) of its lines that are not blank */
PyObject *core_flat_lines(PyObject *Py_UNUSED(module), PyObject *whole)
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
    if (text == NULL || core_learn(text, count) < 0)
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
            if (core_append_number(lists[k], row[k]) < 0)
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
