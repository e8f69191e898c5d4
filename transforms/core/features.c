/* Columns of tokens, for claims: claims/features.py. */
#include "core.h"
#include <string.h>

/* claims/features.py, _columns: (words, places, parts, strong, out). ``words`` int64 [5, tokens] are word, base form, tag,
 * whether it is a verb, and cue rate; ``places`` int64 [2, tokens] quotation and sentence; ``parts`` int64 [3, tokens] the
 * columns of ``_clauses``. ``out`` is int64 [CLAIM_COLUMNS, tokens]. */
enum {
    W, LEM, TAG, RATE, INSIDE, STATE, SENTQ, LC, LC_RATE, LC_FAR, RC, RC_RATE, RC_FAR, LV, LV_RATE, RV, RV_RATE,
    PART, PART_RATE, PART_SHAPE, CLAIM_COLUMNS
};
enum { WORD_COLUMNS = 5, VERB_OF = 3, RATE_OF = 4 };

typedef struct {
    Py_ssize_t count;
    const int64_t *lem, *verb, *rate, *quote, *sentence;
    int64_t *out;
} Claims;

#define COLUMN(name) (c->out + (name) * c->count)

/* _quotation */
static void quotations(const Claims *c, Py_ssize_t *sizes)
{
    for (Py_ssize_t k = 0; k < c->count; k++)
        sizes[c->quote[k]]++;
    for (Py_ssize_t k = 0; k < c->count; k++) {
        int inside = c->quote[k] > 0, edge = 0;
        edge += k > 0 && c->quote[k] != c->quote[k - 1];
        edge += 2 * (k + 1 < c->count && c->quote[k] != c->quote[k + 1]);
        Py_ssize_t size = sizes[c->quote[k]];
        int64_t step = 1 + (size >= 5) + (size >= 10) + (size >= 25);
        COLUMN(INSIDE)[k] = inside;
        COLUMN(STATE)[k] = inside ? step * 4 + edge : 0;
        COLUMN(SENTQ)[k] = inside || (k > 0 && c->sentence[k] == c->sentence[k - 1] && COLUMN(SENTQ)[k - 1]);
    }
    for (Py_ssize_t k = c->count - 2; k >= 0; k--)
        if (c->sentence[k] == c->sentence[k + 1])
            COLUMN(SENTQ)[k] = COLUMN(SENTQ)[k + 1];
}

/* _Nearest.columns of token ``k``: ``name`` is the first column, that of the rate follows; whether ``place`` is near */
static int nearest(const Claims *c, int name, Py_ssize_t place, Py_ssize_t k)
{
    int here = place >= 0 && place < c->count && c->sentence[place] == c->sentence[k];
    COLUMN(name)[k] = here ? c->lem[place] : 1;
    COLUMN(name + 1)[k] = here ? c->rate[place] : 0;
    return here;
}

static int64_t distance(int here, Py_ssize_t far)
{
    return here ? (far >= 2) + (far >= 3) + (far >= 4) + (far >= 5) + (far >= 9) : 9;
}

static void around(const Claims *c, int64_t strong)
{
    Py_ssize_t verb = -1, cue = -1;
    for (Py_ssize_t k = 0; k < c->count; k++) {
        COLUMN(LC_FAR)[k] = distance(nearest(c, LC, cue, k), k - cue);
        nearest(c, LV, verb, k);
        verb = c->verb[k] ? k : verb;
        cue = c->rate[k] >= strong ? k : cue;
    }
    verb = cue = c->count;
    for (Py_ssize_t k = c->count - 1; k >= 0; k--) {
        COLUMN(RC_FAR)[k] = distance(nearest(c, RC, cue, k), cue - k);
        nearest(c, RV, verb, k);
        verb = c->verb[k] ? k : verb;
        cue = c->rate[k] >= strong ? k : cue;
    }
}

PyObject *core_claim_columns(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[4], *answer = NULL;
    Views views = {.held = 0};
    long long strong;
    Py_ssize_t *sizes = NULL;
    Claims held = {0}, *c = &held;
    if (!PyArg_ParseTuple(arguments, "OOOLO", &a[0], &a[1], &a[2], &strong, &a[3]))
        return NULL;
    const int64_t *words = core_view(&views, a[0], 8, -1, 0);
    if (words == NULL)
        goto done;
    Py_ssize_t n = c->count = core_items(&views) / WORD_COLUMNS;
    const int64_t *places = core_view(&views, a[1], 8, 2 * n, 0);
    const int64_t *parts = places == NULL ? NULL : core_view(&views, a[2], 8, 3 * n, 0);
    c->out = parts == NULL ? NULL : core_view(&views, a[3], 8, CLAIM_COLUMNS * n, 1);
    if (c->out == NULL)
        goto done;
    c->lem = words + n, c->verb = words + VERB_OF * n, c->rate = words + RATE_OF * n;
    c->quote = places, c->sentence = places + n;
    int64_t most = 0;
    for (Py_ssize_t k = 0; k < n; k++) {
        if (c->quote[k] < 0 || c->quote[k] > INT32_MAX) {
            PyErr_SetString(PyExc_ValueError, "a quotation has no number");
            goto done;
        }
        most = c->quote[k] > most ? c->quote[k] : most;
    }
    sizes = PyMem_Calloc((size_t)most + 1, sizeof(Py_ssize_t));
    if (sizes == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    memcpy(COLUMN(W), words, (size_t)(3 * n) * sizeof(int64_t));
    memcpy(COLUMN(RATE), c->rate, (size_t)n * sizeof(int64_t));
    memcpy(COLUMN(PART), parts, (size_t)(3 * n) * sizeof(int64_t));
    quotations(c, sizes);
    around(c, strong);
    answer = Py_None;
    Py_INCREF(answer);
done:
    PyMem_Free(sizes);
    core_release(&views);
    return answer;
}
