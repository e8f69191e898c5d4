/* Words that lines of a page share: clean/themes.py. */
#include "core.h"

/* clean/themes.py, Themes.shared: (themes, bounds, own, run, out). ``themes`` and ``bounds`` as line_words gives them; ``own`` and
 * ``run`` uint8 [lines] are the lines that have a theme and those of the run; ``out`` int32 [2, lines], zeros, is given how
 * many words of a line's theme the run has elsewhere, and how many it has. */
PyObject *core_shared_words(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[5], *answer = NULL;
    Views views = {.held = 0};
    int32_t *times = NULL;
    if (!PyArg_ParseTuple(arguments, "OOOOO", &a[0], &a[1], &a[2], &a[3], &a[4]))
        return NULL;
    const char *bytes = core_view(&views, a[0], 1, -1, 0);
    if (bytes == NULL)
        goto done;
    Py_ssize_t held = core_items(&views) / (Py_ssize_t)sizeof(int32_t);
    const char *ends = core_view(&views, a[1], 1, -1, 0);
    if (ends == NULL)
        goto done;
    Py_ssize_t lines = core_items(&views) / (Py_ssize_t)sizeof(int32_t) - 1;
    const unsigned char *own = lines < 0 ? NULL : core_view(&views, a[2], 1, lines, 0);
    const unsigned char *run = own == NULL ? NULL : core_view(&views, a[3], 1, lines, 0);
    int32_t *out = run == NULL ? NULL : core_view(&views, a[4], 4, 2 * lines, 1);
    if (out == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "the themes have no bounds");
        goto done;
    }
    const int32_t *themes = (const int32_t *)(const void *)bytes, *bounds = (const int32_t *)(const void *)ends;
    int32_t most = -1;
    int fits = bounds[0] == 0 && bounds[lines] == held;
    for (Py_ssize_t k = 0; fits && k < lines; k++)
        fits = bounds[k] <= bounds[k + 1];
    for (Py_ssize_t k = 0; fits && k < held; k++) {
        fits = themes[k] >= 0 && themes[k] < INT32_MAX;
        most = themes[k] > most ? themes[k] : most;
    }
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "the themes are not those of these lines");
        goto done;
    }
    times = PyMem_Calloc((size_t)most + 2, sizeof(int32_t));
    if (times == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t n = 0; n < lines; n++)
        if (own[n] && run[n])
            for (int32_t k = bounds[n]; k < bounds[n + 1]; k++)
                times[themes[k]]++;
    for (Py_ssize_t n = 0; n < lines; n++) {
        if (!own[n])
            continue;
        for (int32_t k = bounds[n]; k < bounds[n + 1]; k++)
            out[n] += times[themes[k]] > (run[n] ? 1 : 0);
        out[lines + n] = bounds[n + 1] - bounds[n];
    }
    answer = Py_None;
    Py_INCREF(answer);
done:
    PyMem_Free(times);
    core_release(&views);
    return answer;
}
