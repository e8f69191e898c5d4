/* Verb groups of a sentence: language/clauses/verb_groups.py, whose functions have the same names here. The comments
 * there say what a rule is for. */
#include "groups.h"
#include <string.h>

enum { MAX_VERB_GROUP = 20, MAX_TIME = 4 };

int core_starts_verb(char letter)
{
    return core_among(letter, "MbhoDZVGBt12345");
}

void core_forget(VerbGroup *group)
{
    Py_CLEAR(group->lemma);
    Py_CLEAR(group->modal);
}

/* By which tag a lemma is looked up: language/clauses/traits.py, TAGS. */
enum { ANY, VB, VBZ, VBD };
enum { MAX_LEMMAS = 1 << 13 };

/* lemma. Those that are known are remembered by word; a string, or NULL where an error is set. */
static PyObject *lemma(Tokens *t, PyObject *word, int tag)
{
    PyObject *known = word == NULL || t->failed ? NULL : PyTuple_GetItem(t->lemmas, tag);
    PyObject *found = known == NULL ? NULL : PyDict_GetItem(known, word);
    if (found != NULL)
        return Py_NewRef(found);
    if (known != NULL && (found = PyObject_CallFunction(t->lemma, "Oi", word, tag)) != NULL) {
        if (PyDict_Size(known) >= MAX_LEMMAS)
            PyDict_Clear(known);
        if (!PyUnicode_Check(found))
            PyErr_SetString(PyExc_TypeError, "a base form is no string");
        if (PyErr_Occurred() || PyDict_SetItem(known, word, found) < 0)
            Py_CLEAR(found);
    }
    t->failed |= found == NULL;
    return found;
}

/* The lemma of a word as it is written. */
static PyObject *lemma_of(Tokens *t, Py_ssize_t token, int tag)
{
    PyObject *word = PyList_GetItem(t->words, token);
    t->failed |= word == NULL;
    return lemma(t, word, tag);
}

/* Whether a word in lower case is its own lemma. */
static int is_lemma(Tokens *t, Py_ssize_t token)
{
    PyObject *low = core_low(t, token), *base = lemma(t, low, ANY);
    int same = base != NULL && PyUnicode_Compare(low, base) == 0;
    Py_XDECREF(base);
    return same;
}

/* Whether a word is listed as the base form of a verb. */
static int is_base_form(Tokens *t, Py_ssize_t token)
{
    PyObject *low = core_low(t, token);
    int yes = low == NULL ? -1 : PySet_Contains(t->bases, low);
    t->failed |= yes < 0;
    return yes > 0;
}

/* Whether the lemma of a word is a verb with "to" ("plans"). */
static int is_semi_verb(Tokens *t, Py_ssize_t token)
{
    PyObject *base = lemma(t, core_low(t, token), ANY);
    int yes = (core_traits(t, base) & SEMI_VERB) != 0;
    Py_XDECREF(base);
    return yes;
}

/* The modal at a token, in full. */
static PyObject *modal_of(Tokens *t, Py_ssize_t token)
{
    PyObject *low = core_low(t, token);
    PyObject *full = low == NULL ? NULL : PyDict_GetItem(t->full_modals, low);
    return Py_XNewRef(full == NULL ? low : full);
}

static void set_modal(Tokens *t, VerbGroup *g, PyObject *modal)
{
    Py_XDECREF(g->modal);
    g->modal = modal;
    t->failed |= modal == NULL;
}

/* _is_alone */
static int is_alone(Tokens *t, Py_ssize_t at, Py_ssize_t end)
{
    char c = LETTER_AT(t, at + 1, end);
    if (c && !core_among(c, "spjnNym0q.,;:-()TwWcGBDZMbho12345")) {
        if (core_among(c, "ri") && core_is(t, at + 1, PARTICLE))
            return 0;
        if (c == 'f' || (c == 'V' && core_is(t, at, GET)) || is_semi_verb(t, at))
            return 0;
    }
    return t->s[at] != 'Z' || !core_is(t, at, PAST_AUXILIARY);
}

/* _is_copula */
static int is_copula(Tokens *t, Py_ssize_t at, Py_ssize_t end)
{
    char c = LETTER_AT(t, at + 1, end);
    if (!core_among(c, "spnN0djTwW") || core_is(t, at + 1, SEMI_ADJECTIVE))
        return 0;
    return !core_among(c, "dj") || !core_among(LETTER_AT(t, at + 2, end), "myV2D");
}

/* _skip; a negation is noted in ``*negated``. */
static Py_ssize_t skip(Tokens *t, Py_ssize_t k, Py_ssize_t end, int *negated)
{
    const char *s = t->s;
    if (k + 1 < end && s[k] == '"' && core_among(s[k + 1], "rxV2G3"))
        k++;
    for (; k < end && core_among(s[k], "rxdk"); k++) {
        if (s[k] == 'x')
            *negated = 1;
        else if (s[k] != 'r' && !(core_among(LETTER_AT(t, k + 1, end), "V2D") && core_is(t, k, FLOATING)))
            break;
    }
    return k;
}

/* _time_end */
static Py_ssize_t time_end(Tokens *t, Py_ssize_t at, Py_ssize_t end)
{
    const char *s = t->s;
    Py_ssize_t k = at;
    if (core_among(s[at], "ik")) {
        k++;
        k += LETTER_AT(t, k, end) == 'd';
        k += LETTER_AT(t, k, end) == 'j';
        k += LETTER_AT(t, k, end) == '0';
    } else if (core_among(s[at], "dj")) {
        k++;
    }
    if (!core_among(LETTER_AT(t, k, end), "my"))
        return 0;
    k++;
    for (int n = 0; n < MAX_TIME && core_among(LETTER_AT(t, k, end), "my0"); n++)
        k++;
    return core_among(s[at], "djy") && !core_is(t, at, NEAR_TIME | DEICTIC) ? 0 : k;
}

int core_inner_time(Tokens *t, Py_ssize_t first, Py_ssize_t head, Py_ssize_t *from, Py_ssize_t *to)
{
    for (Py_ssize_t k = first + 1; k < (head > first ? head - 1 : head); k++)
        if (core_among(t->s[k], "ikdjmy")) {
            *from = k, *to = time_end(t, k, head);
            return *to != 0;
        }
    *from = head - 1, *to = head;
    return head - 1 > first && core_among(t->s[head - 1], "my");
}

/* _base: whether a word behind a modal is its verb although it has another tag. */
static int is_base(Tokens *t, Py_ssize_t at, Py_ssize_t end)
{
    if (!core_among(t->s[at], "ZDn") || !is_lemma(t, at))
        return 0;
    char following = at + 1 < end ? t->s[at + 1] : '.';
    return t->s[at] != 'n' || (core_among(following, ".,;:\"cdikrpst") && is_base_form(t, at));
}

/* _past_time */
static Py_ssize_t past_time(Tokens *t, char auxiliary, Py_ssize_t at, Py_ssize_t end, int *negated)
{
    Py_ssize_t last = time_end(t, at, end);
    if (!last)
        return at;
    Py_ssize_t k = skip(t, last, end, negated);
    char c = LETTER_AT(t, k, end);
    const char *takes = auxiliary == 'M'   ? "B15"
                        : auxiliary == 'o' ? "B"
                        : auxiliary == 'h' ? "V2D"
                        : auxiliary == '3' ? "V"
                                           : "VG3";
    return core_among(c, takes) || (c && core_among(auxiliary, "Mo") && is_base(t, k, end)) ? k : at;
}

/* _to: the base form behind "to", or 0. */
static Py_ssize_t behind_to(Tokens *t, Py_ssize_t at, Py_ssize_t end)
{
    if (LETTER_AT(t, at, end) != 't')
        return 0;
    Py_ssize_t k = at + 1;
    while (core_among(LETTER_AT(t, k, end), "rx"))
        k++;
    char c = LETTER_AT(t, k, end);
    return core_among(c, "B15") || (core_among(c, "Zo") && is_lemma(t, k)) ? k : 0;
}

/* _semi: the verb that a semi-modal at ``j`` or ``k`` stands before, or 0. */
static Py_ssize_t semi(Tokens *t, Py_ssize_t j, Py_ssize_t k, Py_ssize_t end, VerbGroup *g)
{
    char c = t->s[j], next = LETTER_AT(t, k, end);
    PyObject *name = NULL;
    Py_ssize_t onward = 0;
    int is_be = 0;
    if (core_among(c, "b2") && next && core_is(t, k, SEMI_ADJECTIVE)) {
        onward = behind_to(t, k + 1, end);
        name = Py_XNewRef(core_low(t, k));
    } else if (core_among(c, "bh") && next == 't') {
        onward = behind_to(t, k, end);
        is_be = c == 'b';
        if (is_be && onward && (core_is(t, k - 1, LOCATIVE) || core_is(t, onward, GERUNDIVE)))
            return 0;
        name = PyUnicode_InternFromString(is_be ? "be" : "have");
        t->failed |= name == NULL;
    } else if (g->voice == PASSIVE && core_among(c, "VD") && core_is(t, j, SEMI_ADJECTIVE)) {
        onward = behind_to(t, k, end);
        name = Py_XNewRef(core_low(t, j));
    } else if (g->voice == ACTIVE && core_among(c, "DZGBV") && is_semi_verb(t, j)) {
        onward = behind_to(t, k, end);
        name = lemma(t, core_low(t, j), ANY);
    }
    if (onward && name != NULL) {
        set_modal(t, g, PyUnicode_FromFormat("%U to", name));
        g->voice = ACTIVE;
        if (is_be || core_traits(t, name) & PLAN)
            g->tense = AHEAD;
    }
    Py_XDECREF(name);
    return onward;
}

/* The particle behind the head of a group, or -1 ("stepped *down*"). */
static Py_ssize_t particle_of(Tokens *t, Py_ssize_t at, Py_ssize_t end)
{
    char c = LETTER_AT(t, at, end), behind = LETTER_AT(t, at + 1, end);
    if (c == 'f')
        return at;
    if (!core_among(c, "ri") || !core_is(t, at, PARTICLE))
        return -1;
    return !behind || core_among(behind, ",.;:cit-\"k)") ? at : -1;
}

/* verb_group_by_letter */
static int by_letter(Tokens *t, Py_ssize_t at, Py_ssize_t end, VerbGroup *g)
{
    const char *s = t->s;
    Py_ssize_t j = at, k;
    end = end < at + MAX_VERB_GROUP ? end : at + MAX_VERB_GROUP;
    if (s[j] == 't') {
        j = skip(t, j + 1, end, &g->negated);
        char c = LETTER_AT(t, j, end);
        if (!core_among(c, "B15Z") || (c == 'Z' && !is_lemma(t, j)))
            return 0;
    } else {
        g->finite = core_among(s[j], "MbhoDZ");
    }
    for (int first = 1;; first = 0) {
        char c = s[j];
        if (c == 'M') {
            set_modal(t, g, modal_of(t, j));
            g->tense = core_is(t, j, FUTURE) ? AHEAD : PRESENT;
        } else if (first && g->finite) {
            g->tense = c == 'D' || core_is(t, j, PAST_AUXILIARY) ? PAST : PRESENT;
        }
        g->head = j;
        int negated = g->negated;
        k = skip(t, j + 1, end, &g->negated);
        if (core_among(c, "Mobh123") && core_among(LETTER_AT(t, k, end), "ikdjmy"))
            k = past_time(t, c, k, end, &g->negated);
        char next = LETTER_AT(t, k, end);
        if (next && core_among(c, "Mo") && (core_among(next, "B15") || (c == 'M' && is_base(t, k, end)))) {
            j = k;
        } else if (core_among(c, "b123") && core_among(next, "VD")) {
            g->voice = PASSIVE;
            j = k;
        } else if (core_among(c, "DZBVG") && next == 'V' && k == j + 1 && core_is(t, j, GET)) {
            g->voice = PASSIVE;
            j = k;
        } else if (core_among(c, "b123") && core_among(next, "G3")) {
            Py_ssize_t onward = core_is(t, k, GOING) ? behind_to(t, k + 1, end) : 0;
            if (onward) {
                set_modal(t, g, PyUnicode_InternFromString("going to"));
                g->tense = AHEAD;
            } else {
                g->aspect = PROGRESSIVE;
            }
            j = onward ? onward : k;
        } else if (core_among(c, "h45") && core_among(next, "V2D")) {
            g->aspect = PERFECT;
            j = k;
        } else {
            Py_ssize_t onward = semi(t, j, k, end, g);
            if (!onward) {
                /* Behind a full verb a negation is that of what follows. */
                g->negated = core_among(c, "Mobh1234") ? g->negated : negated;
                break;
            }
            j = onward;
        }
    }
    g->particle = particle_of(t, g->head + 1, end);
    g->last = g->head + 1 + (g->particle >= 0);
    g->lemma = s[g->head] == 'b' ? PyUnicode_InternFromString("be")
                                 : lemma_of(t, g->head, core_among(s[g->head], "BZ") ? VB : VBD);
    if (g->particle >= 0 && g->lemma != NULL) {
        PyObject *base = g->lemma, *particle = core_low(t, g->particle);
        g->lemma = particle == NULL ? NULL : PyUnicode_FromFormat("%U %U", base, particle);
        Py_DECREF(base);
    }
    t->failed |= g->lemma == NULL;
    if (core_among(s[at], "VG") && !g->finite) {
        g->voice = s[at] == 'V' ? PASSIVE : ACTIVE;
        if (s[at] == 'G' && g->aspect == SIMPLE)
            g->aspect = PROGRESSIVE;
    }
    return 1;
}

/* The groups that verb_group reads without by_letter: of one verb, or of an auxiliary and a verb. */
static int plain(Tokens *t, Py_ssize_t at, Py_ssize_t end, VerbGroup *g)
{
    char c = t->s[at], behind = LETTER_AT(t, at + 1, end);
    if (core_among(c, "DZBGV")) {
        if (behind && !core_among(behind, "dspjnNym0q.,;:-()\"kTwWc") && !is_alone(t, at, end))
            return 0;
        g->finite = c == 'D' || c == 'Z';
        g->voice = c == 'V' ? PASSIVE : ACTIVE;
        g->tense = c == 'D' ? PAST : c == 'Z' ? PRESENT : TIMELESS;
        g->aspect = c == 'G' ? PROGRESSIVE : SIMPLE;
        g->lemma = lemma_of(t, at, c == 'Z' ? VBZ : c == 'B' ? VB : VBD);
        return 1;
    }
    if (c == 'b' && is_copula(t, at, end)) {
        g->finite = 1;
        g->tense = core_is(t, at, PAST_AUXILIARY) ? PAST : PRESENT;
        g->lemma = PyUnicode_InternFromString("be");
        t->failed |= g->lemma == NULL;
        return 1;
    }
    if (core_among(c, "bh") && behind == 'V' && is_alone(t, at + 1, end) && !core_is(t, at + 1, SEMI_ADJECTIVE)) {
        g->finite = 1;
        g->tense = core_is(t, at, PAST_AUXILIARY) ? PAST : PRESENT;
        g->voice = c == 'b' ? PASSIVE : ACTIVE;
        g->aspect = c == 'b' ? SIMPLE : PERFECT;
        g->lemma = lemma_of(t, at + 1, VBD);
    } else if (core_among(c, "tM") && behind == 'B' && is_alone(t, at + 1, end)) {
        if (c == 'M') {
            g->finite = 1;
            g->tense = core_is(t, at, FUTURE) ? AHEAD : PRESENT;
            set_modal(t, g, modal_of(t, at));
        }
        g->lemma = lemma_of(t, at + 1, VB);
    } else {
        return 0;
    }
    g->head = at + 1, g->last = at + 2;
    return 1;
}

int core_verb_group(Tokens *t, Py_ssize_t at, Py_ssize_t end, VerbGroup *found)
{
    char c = t->s[at], behind = LETTER_AT(t, at + 1, end);
    *found = (VerbGroup){.first = at, .last = at + 1, .head = at, .particle = -1, .tense = TIMELESS};
    int is = core_starts_verb(c) && (c != 't' || core_among(behind, "B15Zrx\""))
             && (plain(t, at, end, found) || by_letter(t, at, end, found));
    if (t->failed || !is)
        core_forget(found);
    return is && !t->failed;
}
