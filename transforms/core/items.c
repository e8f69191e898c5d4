/* The noun groups, verb groups and single words of a sentence: language/clauses/items.py. */
#include "groups.h"
#include <string.h>

typedef struct {
    char kind;
    Py_ssize_t first, last;
    PyObject *group; /* owned; None where the item is a word */
} Item;

typedef struct {
    Item *held;
    Py_ssize_t count, room;
    PyObject *noun_type, *verb_type, *voices, *tenses, *aspects; /* of GroupWords, borrowed */
    PyObject *noun_fields, *verb_fields;                         /* core_fields */
} Items;

enum { NOUN_FIELDS = 5, VERB_FIELDS = 11 };

static PyObject *noun_record(const Items *items, const NounGroup *noun)
{
    PyObject *fields[NOUN_FIELDS] = {
        PyLong_FromSsize_t(noun->first), PyLong_FromSsize_t(noun->last), PyLong_FromSsize_t(noun->head),
        PyBool_FromLong(noun->time), PyBool_FromLong(noun->named),
    };
    return core_named(items->noun_type, items->noun_fields, fields, NOUN_FIELDS);
}

static PyObject *verb_record(const Items *items, const VerbGroup *verb)
{
    PyObject *fields[VERB_FIELDS] = {
        PyLong_FromSsize_t(verb->first),
        PyLong_FromSsize_t(verb->last),
        PyLong_FromSsize_t(verb->head),
        Py_XNewRef(verb->lemma),
        verb->particle < 0 ? Py_NewRef(Py_None) : PyLong_FromSsize_t(verb->particle),
        Py_XNewRef(PyTuple_GetItem(items->voices, verb->voice)),
        Py_XNewRef(PyTuple_GetItem(items->tenses, verb->tense)),
        Py_XNewRef(PyTuple_GetItem(items->aspects, verb->aspect)),
        Py_NewRef(verb->modal == NULL ? Py_None : verb->modal),
        PyBool_FromLong(verb->negated),
        PyBool_FromLong(verb->finite),
    };
    return core_named(items->verb_type, items->verb_fields, fields, VERB_FIELDS);
}

/* Puts an item at the end; takes the reference to its group, which is NULL with an error. */
static int put(Items *items, char kind, Py_ssize_t first, Py_ssize_t last, PyObject *group)
{
    if (group == NULL || core_reserve((void **)&items->held, &items->room, items->count, 1, sizeof(Item)) < 0) {
        Py_XDECREF(group);
        return -1;
    }
    items->held[items->count++] = (Item){kind, first, last, group};
    return 0;
}

static int put_noun(Items *items, const NounGroup *noun)
{
    return put(items, 'N', noun->first, noun->last, noun_record(items, noun));
}

static int put_verb(Items *items, const VerbGroup *verb)
{
    return put(items, 'V', verb->first, verb->last, verb_record(items, verb));
}

static int put_word(Items *items, char kind, Py_ssize_t first, Py_ssize_t last)
{
    return put(items, kind, first, last, Py_NewRef(Py_None));
}

/* _compound: where a preposition of several words ends that begins at a token, or 0; -1 with an error. */
static Py_ssize_t compound(const Tokens *t, Py_ssize_t at, Py_ssize_t end)
{
    PyObject *low = PyList_GetItem(t->low, at);
    PyObject *phrases = low == NULL ? NULL : PyDict_GetItem(t->compounds, low);
    if (phrases == NULL)
        return low == NULL ? -1 : 0;
    Py_ssize_t many = PyTuple_Size(phrases);
    for (Py_ssize_t n = 0; n < many; n++) {
        PyObject *rest = PyTuple_GetItem(phrases, n);
        Py_ssize_t size = PyTuple_Size(rest), k = 0;
        if (size < 0)
            return -1;
        if (at + size + 1 >= end)
            continue;
        while (k < size && (low = PyList_GetItem(t->low, at + 1 + k)) != NULL
               && PyUnicode_Compare(low, PyTuple_GetItem(rest, k)) == 0)
            k++;
        if (k == size)
            return at + size + 1;
    }
    return many < 0 ? -1 : 0;
}

/* _inner_time */
static int put_inner_time(Tokens *t, Items *items, Py_ssize_t first, Py_ssize_t head)
{
    Py_ssize_t from, to;
    NounGroup noun;
    if (!core_inner_time(t, first, head, &from, &to))
        return 0;
    int opened = core_among(t->s[from], "ik");
    if (from + opened >= to || !core_noun_group(t, from + opened, to, &noun))
        return 0;
    if (opened && put_word(items, t->s[from], from, from + 1) < 0)
        return -1;
    return put_noun(items, &noun);
}

/* _question: the next token to read, 0 where no question stands, -1 with an error. */
static Py_ssize_t question(Tokens *t, Items *items, const VerbGroup *auxiliary, Py_ssize_t last)
{
    const char *s = t->s;
    char c = s[auxiliary->head], back = items->count ? items->held[items->count - 1].kind : 0;
    Py_ssize_t at = auxiliary->last;
    NounGroup noun;
    VerbGroup verb;
    if (core_among(c, "bh") && back && !core_among(back, "W,c\"w"))
        return 0;
    if (!core_among(LETTER_AT(t, at, last), "pdsjr0nNymV") || !core_noun_group(t, at, last, &noun) || noun.last >= last)
        return 0;
    Py_ssize_t k = noun.last;
    int negated = auxiliary->negated;
    for (; k < last - 1 && core_among(s[k], "rx"); k++)
        negated |= s[k] == 'x';
    const char *takes = c == 'b' ? "GV" : c == 'h' ? "V2" : "B15Z";
    if (!core_among(s[k], takes) || !core_verb_group(t, k, last, &verb))
        return 0;
    if (c == 'b' && s[k] == 'V')
        verb.voice = PASSIVE;
    verb.tense = auxiliary->tense, verb.negated |= negated, verb.finite = 1;
    Py_XDECREF(verb.modal);
    verb.modal = Py_XNewRef(auxiliary->modal);
    int failed = put_noun(items, &noun) < 0 || put_verb(items, &verb) < 0;
    core_forget(&verb);
    return failed ? -1 : verb.last;
}

/* The item at ``k``: the next token to read, -1 with an error. */
static Py_ssize_t item(Tokens *t, Items *items, Py_ssize_t k, Py_ssize_t last)
{
    char c = t->s[k];
    NounGroup noun;
    VerbGroup verb;
    if (core_among(c, "pdsjr0nNymV") && core_noun_group(t, k, last, &noun))
        return t->failed || put_noun(items, &noun) < 0 ? -1 : noun.last;
    if (core_verb_group(t, k, last, &verb)) {
        Py_ssize_t asked = core_among(c, "oMbh") && verb.last == k + 1 ? question(t, items, &verb, last) : 0;
        if (!asked) {
            int failed = put_verb(items, &verb) < 0
                         || (verb.head - k > 1 && put_inner_time(t, items, verb.first, verb.head) < 0);
            asked = failed ? -1 : verb.last;
        }
        core_forget(&verb);
        return asked;
    }
    if (core_starts_verb(c))
        return put_word(items, c == 't' ? 'i' : c, k, k + 1) < 0 ? -1 : k + 1;
    Py_ssize_t end = compound(t, k, last);
    if (end)
        return end < 0 || put_word(items, 'i', k, end) < 0 ? -1 : end;
    if (c == 'r' && items->count && items->held[items->count - 1].kind == 'N' && core_is(t, k, REFLEXIVE))
        return k + 1;
    return put_word(items, c, k, k + 1) < 0 ? -1 : k + 1;
}

/* The columns of Items: kinds, firsts, lasts, nouns, verbs. */
static PyObject *columns(const Items *items)
{
    PyObject *firsts = PyList_New(items->count), *lasts = PyList_New(items->count), *nouns = PyList_New(items->count),
             *verbs = PyList_New(items->count), *answer = NULL;
    char *kinds = PyMem_Malloc((size_t)items->count + 1);
    int failed = firsts == NULL || lasts == NULL || nouns == NULL || verbs == NULL;
    if (kinds == NULL)
        PyErr_NoMemory();
    for (Py_ssize_t n = 0; kinds != NULL && !failed && n < items->count; n++) {
        const Item *item = &items->held[n];
        PyObject *first = PyLong_FromSsize_t(item->first), *last = PyLong_FromSsize_t(item->last);
        failed = first == NULL || last == NULL;
        kinds[n] = item->kind;
        PyList_SetItem(firsts, n, first);
        PyList_SetItem(lasts, n, last);
        PyList_SetItem(nouns, n, Py_NewRef(item->kind == 'N' ? item->group : Py_None));
        PyList_SetItem(verbs, n, Py_NewRef(item->kind == 'V' ? item->group : Py_None));
    }
    if (kinds != NULL && !failed)
        answer = Py_BuildValue("(s#OOOO)", kinds, items->count, firsts, lasts, nouns, verbs);
    PyMem_Free(kinds);
    Py_XDECREF(firsts);
    Py_XDECREF(lasts);
    Py_XDECREF(nouns);
    Py_XDECREF(verbs);
    return answer;
}

/* language/clauses/items.py, items: (letters, words, low, first, last, GroupWords) → the columns of Items: kinds, firsts,
 * lasts, nouns, verbs. */
PyObject *core_sentence_items(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *letters, *lexicon, *answer = NULL;
    Py_ssize_t first, last;
    Tokens t = {.failed = 0};
    Items items = {.held = NULL};
    if (!PyArg_ParseTuple(arguments, "UO!O!nnO!", &letters, &PyList_Type, &t.words, &PyList_Type, &t.low, &first, &last,
                          &PyTuple_Type, &lexicon))
        return NULL;
    if (!PyArg_ParseTuple(lexicon, "O!O!O!O!O!OOOO!O!O!", &PyDict_Type, &t.traits, &PyDict_Type, &t.full_modals, &PyDict_Type,
                          &t.compounds, &PyFrozenSet_Type, &t.bases, &PyTuple_Type, &t.lemmas, &t.lemma, &items.noun_type,
                          &items.verb_type, &PyTuple_Type, &items.voices, &PyTuple_Type, &items.tenses, &PyTuple_Type, &items.aspects))
        return NULL;
    t.s = PyUnicode_AsUTF8AndSize(letters, &t.count);
    if (t.s == NULL)
        return NULL;
    if (first < 0 || last < first || last > t.count || t.count != PyUnicode_GetLength(letters)
        || last > PyList_Size(t.words) || last > PyList_Size(t.low)
        || !core_is_named(items.noun_type) || !core_is_named(items.verb_type))
        return PyErr_Format(PyExc_ValueError, "the letters, words and types do not go together");
    items.noun_fields = core_fields(NOUN_FIELDS), items.verb_fields = core_fields(VERB_FIELDS);
    if (items.noun_fields == NULL || items.verb_fields == NULL)
        goto done;
    for (Py_ssize_t k = first; k < last;)
        if ((k = item(&t, &items, k, last)) < 0 || t.failed)
            goto done;
    answer = columns(&items);
done:
    for (Py_ssize_t n = 0; n < items.count; n++)
        Py_DECREF(items.held[n].group);
    PyMem_Free(items.held);
    Py_XDECREF(items.noun_fields);
    Py_XDECREF(items.verb_fields);
    return answer;
}
