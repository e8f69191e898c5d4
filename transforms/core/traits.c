/* What the words of tokens may do in a group: language/clauses/traits.py. */
#include "groups.h"
#include <string.h>

int core_among(char letter, const char *letters)
{
    return letter && strchr(letters, letter) != NULL;
}

long core_traits(const Tokens *t, PyObject *low)
{
    /* Strings neither fail to hash nor to compare. */
    PyObject *bits = low == NULL ? NULL : PyDict_GetItem(t->traits, low);
    return bits == NULL ? 0 : PyLong_AsLong(bits);
}

PyObject *core_low(Tokens *t, Py_ssize_t token)
{
    PyObject *low = PyList_GetItem(t->low, token);
    t->failed |= low == NULL;
    return low;
}

int core_is(Tokens *t, Py_ssize_t token, long traits)
{
    return (core_traits(t, core_low(t, token)) & traits) != 0;
}
