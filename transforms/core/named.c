/* Named tuples, made of their fields as ``new`` of model/clause.py makes them. */
#include "core.h"

int core_is_named(PyObject *type)
{
    return PyType_Check(type) && PyType_IsSubtype((PyTypeObject *)type, &PyTuple_Type);
}

PyObject *core_fields(Py_ssize_t count)
{
    PyObject *arguments = PyTuple_New(1), *fields = arguments == NULL ? NULL : PyTuple_New(count);
    if (fields == NULL)
        Py_CLEAR(arguments);
    else
        PyTuple_SetItem(arguments, 0, fields);
    return arguments;
}

PyObject *core_named(PyObject *type, PyObject *arguments, PyObject **fields, Py_ssize_t count)
{
    PyObject *held = PyTuple_GetItem(arguments, 0);
    int whole = 1;
    for (Py_ssize_t n = 0; n < count; n++) {
        whole &= fields[n] != NULL;
        if (PyTuple_SetItem(held, n, fields[n]) < 0)
            return NULL;
    }
    newfunc make = (newfunc)PyType_GetSlot(&PyTuple_Type, Py_tp_new); /* tuple.__new__ */
    return whole ? make((PyTypeObject *)type, arguments, NULL) : NULL;
}
