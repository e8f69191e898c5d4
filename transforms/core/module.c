/* The extension module: its functions, and the number of the source that it was built of. */
#include "core.h"

#ifndef SOURCE
#define SOURCE 0 /* a number of the files of this folder, given by setup.py */
#endif

static PyMethodDef functions[] = {
    {"tokenize", core_tokenize, METH_VARARGS, NULL},
    {"story_words", core_story_words, METH_VARARGS, NULL},
    {"line_words", core_line_words, METH_VARARGS, NULL},
    {"shared_words", core_shared_words, METH_VARARGS, NULL},
    {"occurring", core_occurring, METH_VARARGS, NULL},
    {"collapsed", core_collapsed, METH_O, NULL},
    {"date_places", core_date_places, METH_O, NULL},
    {"read_markup", core_read_markup, METH_VARARGS, NULL},
    {"flat_lines", core_flat_lines, METH_O, NULL},
    {"word_columns", core_word_columns, METH_VARARGS, NULL},
    {"score", core_score, METH_VARARGS, NULL},
    {"viterbi", core_viterbi, METH_VARARGS, NULL},
    {"claim_columns", core_claim_columns, METH_VARARGS, NULL},
    {"sentence_items", core_sentence_items, METH_VARARGS, NULL},
    {"clause_records", core_clause_records, METH_VARARGS, NULL},
    {"leaves", core_leaves, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_core", "What costs most for each token, in C: see core/__init__.py.", -1, functions,
    NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__core(void)
{
    if (core_letters() < 0)
        return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL && PyModule_AddIntConstant(module, "SOURCE", SOURCE) < 0)
        Py_CLEAR(module);
    return module;
}
