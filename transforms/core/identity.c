/* The text of a page by which it is known again: identity.py. */
#include "core.h"

/* identity.py, collapsed: text → its UTF-8, lone surrogates too, with every run of white space as one space and none at
 * the ends. */
PyObject *core_collapsed(PyObject *Py_UNUSED(module), PyObject *whole)
{
    if (!PyUnicode_Check(whole))
        return PyErr_Format(PyExc_TypeError, "a string is needed");
    Py_ssize_t count = PyUnicode_GetLength(whole), n = 0;
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(whole);
    PyObject *answer = NULL;
    char *out = text == NULL ? NULL : PyMem_Malloc((size_t)count * 4 + 1);
    if (text != NULL && out == NULL)
        PyErr_NoMemory();
    if (out == NULL || core_learn(text, count) < 0)
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
