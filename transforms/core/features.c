/* Columns of tokens, for claims: claims/features.py. */
#include "core.h"
#include <string.h>

/* claims/features.py, rows: (words, places, parts, strong, out). ``words`` int64 [7, tokens] are word, lemma, shape, last
 * letters, tag, class bits of the tag and cue rate; ``places`` int64 [3, tokens] quotation, sentence and block;
 * ``parts`` int64 [3, tokens] the columns of ``_clauses``. ``out`` is int64 [CLAIM_COLUMNS, tokens]. */
enum {
    W, LEM, SHAPE, S3, TAG, RATE, START, POSITION, INSIDE, STATE, SENTQ, OPENED,
    N_AT, N_HEAD, N_NEXT, N_PREV, N_NEXT_TAG, N_PREV_TAG, N_VERB, N_VERB_RATE,
    V_AT, V_HEAD, V_RATE, V_NEXT, V_PREV, V_NEXT_TAG, V_PREV_TAG,
    LC, LC_RATE, LC_FAR, LC_SAME, LC_NEXT, RC, RC_RATE, RC_FAR, RC_SAME, LV, LV_RATE, RV, RV_RATE,
    PART, PART_RATE, PART_SHAPE, CLAIM_COLUMNS
};
enum { KIND_OF = 5, RATE_OF = 6, NOMINAL = 9, VERBAL = 2, VERB = 4, PRONOUN = 8, PARTED = 24 };

typedef struct {
    Py_ssize_t count;
    const int64_t *lem, *tag, *kind, *rate, *quote, *sentence, *block;
    int64_t *out;
    /* scratch: first and last token of the group around each, and the nearest verb and cue to both sides */
    int64_t *n_first, *n_last, *v_first, *v_last, *left_verb, *right_verb, *left_cue, *right_cue;
} Claims;

#define COLUMN(name) (c->out + (name) * c->count)

/* _runs: the groups of the tokens with one of ``bits``; ``breaks`` are bits that open a group, a pronoun ends one */
static void groups(const Claims *c, int bits, int breaks, int64_t *first, int64_t *last)
{
    for (Py_ssize_t k = 0; k < c->count; k++) {
        int joined = k > 0 && (c->kind[k] & bits) && (c->kind[k - 1] & bits) && c->sentence[k] == c->sentence[k - 1]
                     && !(breaks && ((c->kind[k] & breaks) || (c->kind[k - 1] & PRONOUN)));
        first[k] = joined ? first[k - 1] : k;
    }
    for (Py_ssize_t k = c->count - 1; k >= 0; k--)
        last[k] = k + 1 < c->count && first[k + 1] != k + 1 ? last[k + 1] : k;
}

/* _Columns.reach: whether a place lies in the sentence of token ``k`` */
static int near_by(const Claims *c, int64_t place, Py_ssize_t k)
{
    return place >= 0 && place < c->count && c->sentence[place] == c->sentence[k];
}

/* _quotation */
static void quotations(const Claims *c, Py_ssize_t *sizes)
{
    for (Py_ssize_t k = 0; k < c->count; k++)
        sizes[c->quote[k]]++;
    Py_ssize_t sentence = 0, block = 0;
    for (Py_ssize_t k = 0; k < c->count; k++) {
        int inside = c->quote[k] > 0, edge = 0;
        int start = k == 0 || c->sentence[k] != c->sentence[k - 1];
        if (start)
            sentence = k;
        if (k == 0 || c->block[k] != c->block[k - 1])
            block = k;
        edge += k > 0 && c->quote[k] != c->quote[k - 1];
        edge += 2 * (k + 1 < c->count && c->quote[k] != c->quote[k + 1]);
        Py_ssize_t size = sizes[c->quote[k]];
        int64_t step = 1 + (size >= 5) + (size >= 10) + (size >= 25);
        COLUMN(INSIDE)[k] = inside;
        COLUMN(STATE)[k] = inside ? step * 4 + edge : 0;
        COLUMN(START)[k] = start;
        COLUMN(POSITION)[k] = k - sentence < 3 ? k - sentence : 3;
        COLUMN(OPENED)[k] = c->quote[block] > 0;
        COLUMN(SENTQ)[k] = inside || (!start && COLUMN(SENTQ)[k - 1]);
    }
    for (Py_ssize_t k = c->count - 2; k >= 0; k--)
        if (c->sentence[k] == c->sentence[k + 1])
            COLUMN(SENTQ)[k] = COLUMN(SENTQ)[k + 1];
}

static void beside(const Claims *c, int name, int tag, int64_t place, int within, Py_ssize_t k)
{
    int here = near_by(c, place, k);
    COLUMN(name)[k] = within ? (here ? c->lem[place] : 1) : 0;
    COLUMN(tag)[k] = within ? (here ? c->tag[place] : 1) : 0;
}

/* The nearest cue to a side: ``name`` is its first column, those of its rate, distance and quotation follow. */
static void cue(const Claims *c, int name, int64_t place, Py_ssize_t k)
{
    int here = near_by(c, place, k);
    int64_t far = place < k ? k - place : place - k;
    COLUMN(name)[k] = here ? c->lem[place] : 1;
    COLUMN(name + 1)[k] = here ? c->rate[place] : 0;
    COLUMN(name + 2)[k] = here ? (far >= 2) + (far >= 3) + (far >= 4) + (far >= 5) + (far >= 9) : 9;
    COLUMN(name + 3)[k] = here && c->quote[k] > 0 && c->quote[place] == c->quote[k];
}

static void claims(const Claims *c, int64_t strong)
{
    groups(c, NOMINAL, PARTED, c->n_first, c->n_last);
    groups(c, VERBAL, 0, c->v_first, c->v_last);
    int64_t verb = -1, lead = -1;
    for (Py_ssize_t k = 0; k < c->count; k++) {
        c->left_verb[k] = verb, c->left_cue[k] = lead;
        verb = c->kind[k] & VERB ? k : verb;
        lead = c->rate[k] >= strong ? k : lead;
    }
    verb = lead = c->count;
    for (Py_ssize_t k = c->count - 1; k >= 0; k--) {
        c->right_verb[k] = verb, c->right_cue[k] = lead;
        verb = c->kind[k] & VERB ? k : verb;
        lead = c->rate[k] >= strong ? k : lead;
    }
    for (Py_ssize_t k = 0; k < c->count; k++) {
        int nominal = (c->kind[k] & NOMINAL) != 0, verbal = (c->kind[k] & VERBAL) != 0;
#define HEAD(at) \
    (c->kind[c->v_last[at]] & VERB ? c->v_last[at] \
     : c->left_verb[c->v_last[at]] > c->v_first[at] ? c->left_verb[c->v_last[at]] : c->v_first[at])
        int64_t head = HEAD(k), next = c->n_last[k] + 1;
        COLUMN(N_AT)[k] = nominal ? (k > c->n_first[k] ? 2 : 0) + (k == c->n_last[k]) + 4 : 0;
        COLUMN(V_AT)[k] = verbal ? (k > c->v_first[k] ? 2 : 0) + (k == c->v_last[k]) + 4 : 0;
        COLUMN(N_HEAD)[k] = nominal ? c->lem[c->n_last[k]] : 0;
        COLUMN(V_HEAD)[k] = verbal ? c->lem[head] : 0;
        COLUMN(V_RATE)[k] = verbal ? c->rate[head] + 1 : 0;
        beside(c, N_NEXT, N_NEXT_TAG, next, nominal, k);
        beside(c, N_PREV, N_PREV_TAG, c->n_first[k] - 1, nominal, k);
        beside(c, V_NEXT, V_NEXT_TAG, c->v_last[k] + 1, verbal, k);
        beside(c, V_PREV, V_PREV_TAG, c->v_first[k] - 1, verbal, k);
        int follows = nominal && near_by(c, next, k) && (c->kind[next] & VERBAL);
        COLUMN(N_VERB)[k] = follows ? c->lem[HEAD(next)] : 0;
        COLUMN(N_VERB_RATE)[k] = follows ? c->rate[HEAD(next)] + 1 : 0;
        cue(c, LC, c->left_cue[k], k);
        cue(c, RC, c->right_cue[k], k);
        COLUMN(LC_NEXT)[k] = near_by(c, c->left_cue[k] + 1, k) ? c->lem[c->left_cue[k] + 1] : 1;
        int left = near_by(c, c->left_verb[k], k), right = near_by(c, c->right_verb[k], k);
        COLUMN(LV)[k] = left ? c->lem[c->left_verb[k]] : 1;
        COLUMN(LV_RATE)[k] = left ? c->rate[c->left_verb[k]] : 0;
        COLUMN(RV)[k] = right ? c->lem[c->right_verb[k]] : 1;
        COLUMN(RV_RATE)[k] = right ? c->rate[c->right_verb[k]] : 0;
    }
}

PyObject *core_claim_columns(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[4], *answer = NULL;
    Views views = {.held = 0};
    long long strong;
    int64_t *scratch = NULL;
    Py_ssize_t *sizes = NULL;
    Claims held = {0}, *c = &held;
    if (!PyArg_ParseTuple(arguments, "OOOLO", &a[0], &a[1], &a[2], &strong, &a[3]))
        return NULL;
    const int64_t *words = core_view(&views, a[0], 8, -1, 0);
    if (words == NULL)
        goto done;
    Py_ssize_t n = c->count = core_items(&views) / 7;
    const int64_t *places = core_view(&views, a[1], 8, 3 * n, 0);
    const int64_t *parts = places == NULL ? NULL : core_view(&views, a[2], 8, 3 * n, 0);
    c->out = parts == NULL ? NULL : core_view(&views, a[3], 8, CLAIM_COLUMNS * n, 1);
    if (c->out == NULL)
        goto done;
    c->lem = words + n, c->tag = words + 4 * n, c->kind = words + KIND_OF * n, c->rate = words + RATE_OF * n;
    c->quote = places, c->sentence = places + n, c->block = places + 2 * n;
    int64_t most = 0;
    for (Py_ssize_t k = 0; k < n; k++) {
        if (c->quote[k] < 0 || c->quote[k] > INT32_MAX) {
            PyErr_SetString(PyExc_ValueError, "a quotation has no number");
            goto done;
        }
        most = c->quote[k] > most ? c->quote[k] : most;
    }
    sizes = PyMem_Calloc((size_t)most + 1, sizeof(Py_ssize_t));
    scratch = PyMem_Calloc((size_t)n + 1, 8 * sizeof(int64_t));
    if (sizes == NULL || scratch == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    int64_t **columns[] = {&c->n_first, &c->n_last, &c->v_first, &c->v_last,
                           &c->left_verb, &c->right_verb, &c->left_cue, &c->right_cue};
    for (int k = 0; k < 8; k++)
        *columns[k] = scratch + k * n;
    memcpy(COLUMN(W), words, (size_t)(5 * n) * sizeof(int64_t));
    memcpy(COLUMN(RATE), c->rate, (size_t)n * sizeof(int64_t));
    memcpy(COLUMN(PART), parts, (size_t)(3 * n) * sizeof(int64_t));
    quotations(c, sizes);
    claims(c, strong);
    answer = Py_None;
    Py_INCREF(answer);
done:
    PyMem_Free(sizes);
    PyMem_Free(scratch);
    core_release(&views);
    return answer;
}
