/* Strings that stand in a text: lexicon/literals.py. */
#include "core.h"
#include <string.h>

/* lexicon/literals.py, occurring: (strings, text) → the numbers of the strings that stand in the text, in order. Those
 * of more than one character are looked up by their first two. */
#define PAIRS 4096
#define PAIR(a, b) (((a) * 0x9E5u + (b)) & (PAIRS - 1))
PyObject *core_occurring(PyObject *Py_UNUSED(module), PyObject *arguments)
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
        if (core_reserve((void **)&held, &room, used, length + 1, sizeof(Py_UCS4)) < 0
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
        if (sizes[n] < 0 && core_append_number(found, n) < 0)
            goto done;
    answer = found, found = NULL;
done:
    PyMem_Free(text), PyMem_Free(held), PyMem_Free(starts), PyMem_Free(sizes), PyMem_Free(next);
    Py_XDECREF(found);
    return answer;
}
