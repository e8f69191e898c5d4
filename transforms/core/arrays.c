/* Arrays of the caller, memory that grows, and lists of numbers. */
#include "core.h"

void *core_view(Views *views, PyObject *array, Py_ssize_t size, Py_ssize_t count, int writable)
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

Py_ssize_t core_items(const Views *views)
{
    const Py_buffer *buffer = &views->buffers[views->held - 1];
    return buffer->len / buffer->itemsize;
}

void core_release(Views *views)
{
    while (views->held)
        PyBuffer_Release(&views->buffers[--views->held]);
}

int core_reserve(void **items, Py_ssize_t *room, Py_ssize_t used, Py_ssize_t more, size_t size)
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

int core_append_number(PyObject *list, Py_ssize_t number)
{
    PyObject *held = PyLong_FromSsize_t(number);
    int failed = held == NULL || PyList_Append(list, held) < 0;
    Py_XDECREF(held);
    return failed ? -1 : 0;
}
