/* Scores and the best labels of linear models: language/linear.py. */
#include "core.h"
#include <string.h>

#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#else
#define PREFETCH(address) ((void)0)
#endif

/* language/linear.py, Templates.rows and Packed.score in one:
 * (columns, sentence, reach, slots, salt, primes, bits, packed, scale, none, out).
 *
 * ``columns`` int64 [columns, tokens], ``sentence`` int64 [tokens], ``reach`` int64 [names, 2] (a column and how many
 * tokens on it is looked at), ``slots`` int64 [4, templates], ``salt`` uint64 [templates], ``primes`` uint64 [4],
 * ``packed`` uint64 [2**bits, words], ``scale`` float32 [labels], ``out`` float32 [tokens, labels]. */
#define MAX_NAMES 128
#define MAX_TEMPLATES 256
#define MAX_WORDS 8
#define EDGE 1
#define LOW_BYTES 0x00FF00FF00FF00FFu

/* Tokens are hashed this many at once, a template at a time, so that each loop runs over adjacent numbers. */
#define BLOCK 32

typedef struct {
    Py_ssize_t count, names, templates, words;
    const int64_t *columns, *sentence, *reach, *slots;
    const uint64_t *salt, *primes;
    int bits;
    uint64_t base[MAX_NAMES + 1][BLOCK], rows[MAX_TEMPLATES][BLOCK];
} Hashed;

/* What each name of ``reach`` is for the tokens ``[from, from + size)``. */
static void look_around(Hashed *h, Py_ssize_t from, Py_ssize_t size)
{
    memset(h->base[0], 0, sizeof(h->base[0]));
    for (Py_ssize_t n = 0; n < h->names; n++) {
        Py_ssize_t far = (Py_ssize_t)h->reach[2 * n + 1];
        const int64_t *column = h->columns + h->reach[2 * n] * h->count;
        uint64_t *base = h->base[n + 1];
        for (Py_ssize_t k = 0; k < size; k++) {
            Py_ssize_t at = from + k + far;
            int inside = at >= 0 && at < h->count && (far == 0 || h->sentence[at] == h->sentence[from + k]);
            base[k] = inside ? (uint64_t)column[at] : EDGE;
        }
    }
}

/* Where the row of each template begins in the table of weights, for the tokens ``[from, from + size)``. */
static void hash_rows(Hashed *h, Py_ssize_t from, Py_ssize_t size)
{
    look_around(h, from, size);
    for (Py_ssize_t t = 0; t < h->templates; t++) {
        uint64_t *rows = h->rows[t];
        for (Py_ssize_t k = 0; k < size; k++)
            rows[k] = h->salt[t];
        for (Py_ssize_t s = 0; s < 4; s++) {
            const uint64_t *base = h->base[h->slots[s * h->templates + t]], prime = h->primes[s];
            for (Py_ssize_t k = 0; base != h->base[0] && k < size; k++)
                rows[k] += base[k] * prime;
        }
        for (Py_ssize_t k = 0; k < size; k++) {
            uint64_t total = rows[k] ^ rows[k] >> 31;
            rows[k] = (total * 0x9E3779B97F4A7C15u >> (64 - h->bits)) * (uint64_t)h->words;
        }
    }
}

/* The sums of the bytes of the rows of token ``k`` of a block, in lanes of 16 bits: even and odd bytes of each word. */
static inline void add_rows(const Hashed *h, Py_ssize_t k, const uint64_t *packed, Py_ssize_t words, uint64_t *sums)
{
    for (Py_ssize_t w = 0; w < 2 * words; w++)
        sums[w] = 0;
    for (Py_ssize_t t = 0; t < h->templates; t++)
        for (Py_ssize_t w = 0; w < words; w++) {
            uint64_t bytes = packed[h->rows[t][k] + (uint64_t)w];
            sums[2 * w] += bytes & LOW_BYTES;
            sums[2 * w + 1] += (bytes >> 8) & LOW_BYTES;
        }
}

PyObject *core_score(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[9];
    Views views = {.held = 0};
    Hashed *h = NULL;
    int bits;
    float none;
    if (!PyArg_ParseTuple(arguments, "OOOOOOiOOfO", &a[0], &a[1], &a[2], &a[3], &a[4], &a[5], &bits, &a[6], &a[7],
                          &none, &a[8]))
        return NULL;
    PyObject *answer = NULL;
    const int64_t *sentence = core_view(&views, a[1], 8, -1, 0);
    if (sentence == NULL)
        goto done;
    Py_ssize_t count = core_items(&views);
    const int64_t *columns = core_view(&views, a[0], 8, -1, 0);
    if (columns == NULL)
        goto done;
    Py_ssize_t width = count ? core_items(&views) / count : 0;
    const int64_t *reach = core_view(&views, a[2], 8, -1, 0);
    if (reach == NULL)
        goto done;
    Py_ssize_t names = core_items(&views) / 2;
    const uint64_t *salt = core_view(&views, a[4], 8, -1, 0);
    if (salt == NULL)
        goto done;
    Py_ssize_t templates = core_items(&views);
    const int64_t *slots = core_view(&views, a[3], 8, 4 * templates, 0);
    const uint64_t *primes = slots == NULL ? NULL : core_view(&views, a[5], 8, 4, 0);
    const uint64_t *packed = primes == NULL ? NULL : core_view(&views, a[6], 8, -1, 0);
    if (packed == NULL)
        goto done;
    Py_ssize_t held = core_items(&views);
    const float *scale = core_view(&views, a[7], 4, -1, 0);
    if (scale == NULL)
        goto done;
    Py_ssize_t labels = core_items(&views);
    float *out = core_view(&views, a[8], 4, count * labels, 1);
    if (out == NULL)
        goto done;
    Py_ssize_t words = (labels + 7) / 8;
    int fits = bits > 0 && bits < 32 && names <= MAX_NAMES && templates <= MAX_TEMPLATES && words <= MAX_WORDS
               && width * count == views.buffers[1].len / 8 && held == words * ((Py_ssize_t)1 << bits);
    for (Py_ssize_t n = 0; fits && n < names; n++)
        fits = reach[2 * n] >= 0 && reach[2 * n] < width && reach[2 * n + 1] > -256 && reach[2 * n + 1] < 256;
    for (Py_ssize_t n = 0; fits && n < 4 * templates; n++)
        fits = slots[n] >= 0 && slots[n] <= names;
    if (!fits && count) {
        PyErr_SetString(PyExc_ValueError, "columns, templates and weights do not go together");
        goto done;
    }
    h = PyMem_Malloc(sizeof(Hashed));
    if (h == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    h->count = count, h->names = names, h->templates = templates, h->words = words, h->bits = bits;
    h->columns = columns, h->sentence = sentence, h->reach = reach, h->slots = slots;
    h->salt = salt, h->primes = primes;
    for (Py_ssize_t k = 0; k < count; k++) {
        uint64_t sums[2 * MAX_WORDS];
        if (k % BLOCK == 0)
            hash_rows(h, k, count - k < BLOCK ? count - k : BLOCK);
        if (k + 1 < count && (k + 1) % BLOCK)
            for (Py_ssize_t t = 0; t < templates; t++)
                PREFETCH(packed + h->rows[t][(k + 1) % BLOCK]);
        /* With a constant number of words the sums stay in registers. */
        if (words == 1)
            add_rows(h, k % BLOCK, packed, 1, sums);
        else if (words == 3)
            add_rows(h, k % BLOCK, packed, 3, sums);
        else
            add_rows(h, k % BLOCK, packed, words, sums);
        for (Py_ssize_t n = 0; n < labels; n++) {
            uint64_t lanes = sums[n / 8 * 2 + n % 2];
            float sum = (float)((lanes >> (n % 8 / 2 * 16)) & 0xFFFF);
            sum -= none;
            out[k * labels + n] = sum * scale[n];
        }
    }
    answer = Py_None;
    Py_INCREF(answer);
done:
    PyMem_Free(h);
    core_release(&views);
    return answer;
}

/* language/linear.py, Linear.decode: (scores, transitions, first, starts, out); ``out`` is int64 [tokens] */
PyObject *core_viterbi(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *a[5], *answer = NULL;
    Views views = {.held = 0};
    float *trail = NULL;
    if (!PyArg_ParseTuple(arguments, "OOOOO", &a[0], &a[1], &a[2], &a[3], &a[4]))
        return NULL;
    const float *first = core_view(&views, a[2], 4, -1, 0);
    if (first == NULL)
        goto done;
    Py_ssize_t labels = core_items(&views);
    const float *moves = core_view(&views, a[1], 4, labels * labels, 0);
    const int64_t *starts = moves == NULL ? NULL : core_view(&views, a[3], 8, -1, 0);
    if (starts == NULL)
        goto done;
    Py_ssize_t sequences = core_items(&views);
    int64_t *out = core_view(&views, a[4], 8, -1, 1);
    if (out == NULL)
        goto done;
    Py_ssize_t count = core_items(&views);
    const float *scores = core_view(&views, a[0], 4, count * labels, 0);
    if (scores == NULL)
        goto done;
    int fits = labels > 0;
    for (Py_ssize_t s = 0; fits && s < sequences; s++)
        fits = starts[s] >= (s ? starts[s - 1] + 1 : 0) && starts[s] < count;
    if (!fits) {
        PyErr_SetString(PyExc_ValueError, "sequences must begin in order, within the tokens");
        goto done;
    }
    trail = PyMem_Malloc((size_t)(count * labels + 1) * sizeof(float));
    if (trail == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    memset(out, 0, (size_t)count * sizeof(int64_t));
    for (Py_ssize_t s = 0; s < sequences; s++) {
        Py_ssize_t from = (Py_ssize_t)starts[s], stop = s + 1 < sequences ? (Py_ssize_t)starts[s + 1] : count;
        for (Py_ssize_t j = 0; j < labels; j++)
            trail[from * labels + j] = scores[from * labels + j] + first[j];
        for (Py_ssize_t k = from + 1; k < stop; k++) {
            const float *before = trail + (k - 1) * labels;
            for (Py_ssize_t j = 0; j < labels; j++) {
                float best = before[0] + moves[j];
                for (Py_ssize_t i = 1; i < labels; i++) {
                    float value = before[i] + moves[i * labels + j];
                    best = value > best ? value : best;
                }
                trail[k * labels + j] = best + scores[k * labels + j];
            }
        }
        Py_ssize_t state = -1;
        for (Py_ssize_t k = stop - 1; k >= from; k--) {
            Py_ssize_t chosen = 0;
            float best = 0;
            for (Py_ssize_t i = 0; i < labels; i++) {
                float value = trail[k * labels + i];
                if (state >= 0)
                    value += moves[i * labels + state];
                if (i == 0 || value > best)
                    best = value, chosen = i;
            }
            out[k] = state = chosen;
        }
    }
    answer = Py_None;
    Py_INCREF(answer);
done:
    PyMem_Free(trail);
    core_release(&views);
    return answer;
}
