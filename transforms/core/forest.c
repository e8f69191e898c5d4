/* Trees of a forest: clean/forest.py. */
#include "core.h"

/* clean/forest.py, Forest.sums: (rows, size, features, thresholds, leaves, out). ``rows`` float32 [size, width];
 * ``features`` and ``thresholds`` are tuples of a level each, uint8 and float32 [trees * 2**level]; ``leaves`` float32
 * [trees * 2**depth]; ``out`` float32 [size, trees] is given the leaf that each row reaches in each tree. */
#define MAX_DEPTH 12
#define ROWS 32
PyObject *core_leaves(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[5], *answer = NULL;
    Views views = {.held = 0};
    Py_ssize_t size, depth;
    const uint8_t *features[MAX_DEPTH];
    const float *thresholds[MAX_DEPTH];
    if (!PyArg_ParseTuple(arguments, "OnO!O!OO", &a[0], &size, &PyTuple_Type, &a[1], &PyTuple_Type, &a[2], &a[3],
                          &a[4]))
        return NULL;
    depth = PyTuple_Size(a[1]);
    const float *rows = core_view(&views, a[0], 4, -1, 0);
    if (rows == NULL)
        goto done;
    Py_ssize_t width = size > 0 ? core_items(&views) / size : 0;
    int fits = size >= 0 && depth > 0 && depth <= MAX_DEPTH && PyTuple_Size(a[2]) == depth
               && width * size == core_items(&views);
    const float *held = core_view(&views, a[3], 4, -1, 0);
    if (held == NULL)
        goto done;
    Py_ssize_t trees = fits ? core_items(&views) >> depth : 0;
    for (Py_ssize_t level = 0; fits && level < depth; level++) {
        features[level] = core_view(&views, PyTuple_GetItem(a[1], level), 1, trees << level, 0);
        thresholds[level] =
            features[level] == NULL ? NULL : core_view(&views, PyTuple_GetItem(a[2], level), 4, trees << level, 0);
        if (thresholds[level] == NULL)
            goto done;
        for (Py_ssize_t n = 0; fits && n < trees << level; n++)
            fits = size == 0 || features[level][n] < width;
    }
    if (!fits || trees << depth != views.buffers[1].len / 4) {
        PyErr_SetString(PyExc_ValueError, "the rows are not those of these trees");
        goto done;
    }
    float *out = core_view(&views, a[4], 4, size * trees, 1);
    if (out == NULL)
        goto done;
    /* Four rows go down a tree together, since each step of one waits for the step before it, and many rows go down one
     * tree before the next, which would push it out of the cache. */
    for (Py_ssize_t begin = 0; begin < size; begin += ROWS) {
        Py_ssize_t end = begin + ROWS < size ? begin + ROWS : size;
        for (Py_ssize_t tree = 0; tree < trees; tree++) {
            Py_ssize_t k = begin;
            for (; k + 4 <= end; k += 4) {
                const float *row = rows + k * width;
                Py_ssize_t one = tree, two = tree, three = tree, four = tree;
                for (Py_ssize_t level = 0; level < depth; level++) {
                    const uint8_t *feature = features[level];
                    const float *threshold = thresholds[level];
                    one = 2 * one + (row[feature[one]] > threshold[one]);
                    two = 2 * two + (row[width + feature[two]] > threshold[two]);
                    three = 2 * three + (row[2 * width + feature[three]] > threshold[three]);
                    four = 2 * four + (row[3 * width + feature[four]] > threshold[four]);
                }
                out[k * trees + tree] = held[one];
                out[(k + 1) * trees + tree] = held[two];
                out[(k + 2) * trees + tree] = held[three];
                out[(k + 3) * trees + tree] = held[four];
            }
            for (; k < end; k++) {
                Py_ssize_t node = tree;
                for (Py_ssize_t level = 0; level < depth; level++)
                    node = 2 * node + (rows[k * width + features[level][node]] > thresholds[level][node]);
                out[k * trees + tree] = held[node];
            }
        }
    }
    answer = Py_None;
    Py_INCREF(answer);
done:
    core_release(&views);
    return answer;
}
