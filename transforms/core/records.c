/* Drafts that are tied to each other → the records of clauses: language/clauses/records.py. */
#include "drafts.h"
#include <string.h>

enum { MAX_CHAIN = 12, FINITE = 10, TIME = 3 };
enum { CLAUSE_FIELDS = 15, RUN_FIELDS = 2, OBLIQUE_FIELDS = 2 };

typedef struct {
    PyObject *clause_type, *run_type, *oblique_type;       /* borrowed */
    PyObject *clause_fields, *run_fields, *oblique_fields; /* core_fields */
} Records;

static int is(const Draft *draft, const char *kind)
{
    return PyUnicode_CompareWithASCIIString(draft->held[KIND], kind) == 0;
}

/* Whether a verb may report a clause. */
static int may_be_reported(const Draft *draft)
{
    return draft->held[MODIFIES] == Py_None
           && (is(draft, "complement") || is(draft, "infinitive") || is(draft, "coordinate"));
}

/* ---- What is given */

/* An item of a tuple as a number; -1 with an error where it is none. */
static Py_ssize_t number_at(PyObject *tuple, Py_ssize_t at)
{
    PyObject *item = PyTuple_GetItem(tuple, at);
    return item == NULL ? -1 : PyLong_AsSsize_t(item);
}

static Run run_at(PyObject *tuple)
{
    return (Run){number_at(tuple, 0), number_at(tuple, 1)};
}

/* Whether a run of tokens is one. */
static int is_run(const Stream *stream, Run run)
{
    return run.first >= 0 && run.first <= run.last && run.last <= PyList_Size(stream->low);
}

/* Fills the columns of the items. */
static int read_items(Stream *stream, PyObject *firsts, PyObject *lasts, PyObject *nouns)
{
    for (Py_ssize_t k = 0; k < stream->count; k++) {
        PyObject *first = PyList_GetItem(firsts, k), *last = PyList_GetItem(lasts, k), *noun = PyList_GetItem(nouns, k);
        if (first == NULL || last == NULL || noun == NULL)
            return -1;
        stream->firsts[k] = PyLong_AsSsize_t(first), stream->lasts[k] = PyLong_AsSsize_t(last);
        PyObject *time = noun == Py_None ? NULL : PyTuple_GetItem(noun, TIME);
        stream->nouns[k] = time == Py_True ? TIME_NOUN : noun == Py_None ? NO_NOUN : NOUN;
        if (PyErr_Occurred())
            return -1;
        if (!is_run(stream, (Run){stream->firsts[k], stream->lasts[k]})) {
            PyErr_SetString(PyExc_ValueError, "an item lies outside of the words");
            return -1;
        }
    }
    return 0;
}

/* Fills a draft; its encloser is found when all are there. */
static int read_draft(const Stream *stream, Draft *draft, PyObject *given, PyObject *fields)
{
    PyObject **held = draft->held;
    for (int n = 0; n < FIELDS; n++) {
        PyObject *name = PyTuple_GetItem(fields, n);
        if (name == NULL || (held[n] = PyObject_GetAttr(given, name)) == NULL)
            return -1;
    }
    draft->item = PyLong_AsSsize_t(held[ITEM]), draft->start = PyLong_AsSsize_t(held[START]);
    draft->near = PyLong_AsSsize_t(held[NEAR]);
    draft->verb = run_at(held[VERB]);
    draft->finite = PyTuple_GetItem(held[VERB], FINITE) == Py_True;
    draft->shared = held[SHARED] == Py_True, draft->inverted = held[INVERTED] == Py_True;
    draft->has_subject = held[SUBJECT] != Py_None;
    if (draft->has_subject)
        draft->subject = run_at(held[SUBJECT]);
    draft->encloser = draft->oblique = draft->last_oblique = draft->reported = -1;
    if (PyErr_Occurred())
        return -1;
    if (draft->item < 0 || draft->item >= stream->count || draft->start < 0 || draft->start >= stream->count
        || draft->near < -1 || draft->near >= stream->count || !PyUnicode_Check(held[KIND])) {
        PyErr_SetString(PyExc_ValueError, "a draft lies outside of its items");
        return -1;
    }
    return 0;
}

static int read_drafts(Stream *stream, PyObject *drafts, PyObject *fields)
{
    for (Py_ssize_t n = 0; n < stream->draft_count; n++) {
        PyObject *given = PyList_GetItem(drafts, n);
        if (given == NULL || read_draft(stream, &stream->drafts[n], given, fields) < 0)
            return -1;
    }
    for (Py_ssize_t n = 0; n < stream->draft_count; n++) {
        Draft *draft = &stream->drafts[n];
        for (Py_ssize_t m = 0; m < stream->draft_count && draft->held[ENCLOSER] != Py_None && draft->encloser < 0; m++)
            if (PyList_GetItem(drafts, m) == draft->held[ENCLOSER])
                draft->encloser = m;
        if (draft->encloser < 0 && draft->held[ENCLOSER] != Py_None) {
            PyErr_SetString(PyExc_ValueError, "a clause is enclosed by one of another sentence");
            return -1;
        }
    }
    return 0;
}

/* ---- What follows from it */

/* bounds */
static void bounds(Stream *stream)
{
    for (Py_ssize_t n = 0; n < stream->draft_count; n++) {
        Draft *draft = &stream->drafts[n];
        Py_ssize_t first = stream->firsts[draft->start], last = draft->stop - 1;
        if (draft->has_subject && !draft->shared && draft->subject.first < first)
            first = draft->subject.first;
        while (last > draft->item && strchr(",.;:-()\"cT", stream->kinds[last]) != NULL)
            last--;
        draft->tokens.first = first < draft->verb.first ? first : draft->verb.first;
        draft->tokens.last = stream->lasts[last] > draft->verb.last ? stream->lasts[last] : draft->verb.last;
    }
}

/* joined, up to the records */
static void join(Stream *stream)
{
    Draft *drafts = stream->drafts;
    for (Py_ssize_t n = 0; n < stream->draft_count; n++) {
        Draft *draft = &drafts[n];
        if (draft->encloser < 0)
            continue;
        Draft *up = &drafts[draft->encloser];
        if (up->reported < 0 && may_be_reported(draft))
            up->reported = n;
        if (n < draft->encloser && draft->tokens.first < up->tokens.first
            && (is(draft, "adverbial") || is(draft, "participle")))
            up->tokens.first = draft->tokens.first;
        for (int k = 0; k < MAX_CHAIN; k++) {
            if (draft->tokens.last > up->tokens.last)
                up->tokens.last = draft->tokens.last;
            if (up->encloser < 0)
                break;
            up = &drafts[up->encloser];
        }
    }
    for (Py_ssize_t n = 0; n < stream->draft_count; n++) {
        Draft *up = drafts[n].encloser < 0 ? NULL : &drafts[drafts[n].encloser];
        if (up != NULL && up->reported >= 0 && drafts[n].tokens.last > up->reported_last && may_be_reported(&drafts[n]))
            up->reported_last = drafts[n].tokens.last;
    }
}

/* ---- What is made */

static PyObject *run_record(const Records *records, Run run)
{
    PyObject *fields[RUN_FIELDS] = {PyLong_FromSsize_t(run.first), PyLong_FromSsize_t(run.last)};
    return core_named(records->run_type, records->run_fields, fields, RUN_FIELDS);
}

static PyObject *oblique_record(const Records *records, const Oblique *oblique)
{
    PyObject *fields[OBLIQUE_FIELDS] = {
        oblique->preposition < 0 ? Py_NewRef(Py_None) : PyLong_FromSsize_t(oblique->preposition),
        run_record(records, oblique->phrase),
    };
    return core_named(records->oblique_type, records->oblique_fields, fields, OBLIQUE_FIELDS);
}

static PyObject *objects_of(const Records *records, const Draft *draft)
{
    PyObject *made = PyTuple_New(draft->object_count);
    for (int k = 0; made != NULL && k < draft->object_count; k++) {
        PyObject *object = run_record(records, draft->objects[k]);
        if (object == NULL || PyTuple_SetItem(made, k, object) < 0)
            Py_CLEAR(made);
    }
    return made;
}

static PyObject *obliques_of(const Records *records, const Stream *stream, const Draft *draft)
{
    Py_ssize_t count = 0;
    for (Py_ssize_t at = draft->oblique; at >= 0; at = stream->obliques[at].next)
        count++;
    PyObject *made = PyTuple_New(count);
    for (Py_ssize_t k = 0, at = draft->oblique; made != NULL && k < count; k++, at = stream->obliques[at].next) {
        PyObject *oblique = oblique_record(records, &stream->obliques[at]);
        if (oblique == NULL || PyTuple_SetItem(made, k, oblique) < 0)
            Py_CLEAR(made);
    }
    return made;
}

/* _clause */
static PyObject *clause_record(const Records *records, const Stream *stream, const Draft *draft, Py_ssize_t number,
                               Py_ssize_t base)
{
    PyObject *const *held = draft->held;
    const char *how = NULL;
    Run complement = draft->complement;
    if (draft->has_complement) {
        how = "quotation";
    } else if (draft->reported >= 0) {
        const Draft *reported = &stream->drafts[draft->reported];
        complement = (Run){reported->tokens.first, draft->reported_last};
        how = is(reported, "infinitive") ? "infinitive" : "that";
    }
    PyObject *fields[CLAUSE_FIELDS] = {
        PyLong_FromSsize_t(number),
        PyLong_FromSsize_t(draft->tokens.first),
        PyLong_FromSsize_t(draft->tokens.last),
        Py_NewRef(held[KIND]),
        Py_NewRef(held[VERB]),
        Py_NewRef(held[MARKER]),
        Py_NewRef(held[SUBJECT]),
        Py_NewRef(held[SUBJECT_HEAD]),
        Py_NewRef(held[SHARED]),
        objects_of(records, draft),
        obliques_of(records, stream, draft),
        how == NULL ? Py_NewRef(Py_None) : run_record(records, complement),
        how == NULL ? Py_NewRef(Py_None) : PyUnicode_InternFromString(how),
        draft->encloser < 0 ? Py_NewRef(Py_None) : PyLong_FromSsize_t(base + draft->encloser),
        Py_NewRef(held[MODIFIES]),
    };
    return core_named(records->clause_type, records->clause_fields, fields, CLAUSE_FIELDS);
}

static PyObject *clause_records(const Records *records, const Stream *stream, Py_ssize_t number, Py_ssize_t base)
{
    PyObject *made = PyList_New(stream->draft_count);
    for (Py_ssize_t n = 0; made != NULL && n < stream->draft_count; n++) {
        PyObject *clause = clause_record(records, stream, &stream->drafts[n], number, base);
        if (clause == NULL || PyList_SetItem(made, n, clause) < 0)
            Py_CLEAR(made);
    }
    return made;
}

/* language/clauses/records.py, records: (kinds, firsts, lasts, nouns, low, drafts, markers, number, base, FIELDS, TYPES) →
 * the clauses. The first seven are columns of the stream. */
PyObject *core_clause_records(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    PyObject *kinds, *firsts, *lasts, *nouns, *drafts, *names, *types, *answer = NULL;
    Py_ssize_t number, base;
    Stream stream = {.kinds = NULL};
    Records records = {.clause_fields = NULL};
    if (!PyArg_ParseTuple(arguments, "UO!O!O!O!O!O!nnO!O!", &kinds, &PyList_Type, &firsts, &PyList_Type, &lasts,
                          &PyList_Type, &nouns, &PyList_Type, &stream.low, &PyList_Type, &drafts, &PySet_Type,
                          &stream.markers, &number, &base, &PyTuple_Type, &names, &PyTuple_Type, &types)
        || !PyArg_ParseTuple(types, "OOO", &records.clause_type, &records.run_type, &records.oblique_type))
        return NULL;
    stream.kinds = PyUnicode_AsUTF8AndSize(kinds, &stream.count);
    if (stream.kinds == NULL)
        return NULL;
    if (stream.count != PyUnicode_GetLength(kinds) || stream.count != PyList_Size(firsts)
        || stream.count != PyList_Size(lasts) || stream.count != PyList_Size(nouns)
        || !core_is_named(records.clause_type) || !core_is_named(records.run_type) || !core_is_named(records.oblique_type))
        return PyErr_Format(PyExc_ValueError, "the columns and types do not go together");
    stream.draft_count = PyList_Size(drafts);
    stream.firsts = PyMem_Calloc((size_t)stream.count + 1, sizeof(Py_ssize_t));
    stream.lasts = PyMem_Calloc((size_t)stream.count + 1, sizeof(Py_ssize_t));
    stream.nouns = PyMem_Calloc((size_t)stream.count + 1, 1);
    stream.drafts = PyMem_Calloc((size_t)stream.draft_count + 1, sizeof(Draft));
    records.clause_fields = core_fields(CLAUSE_FIELDS), records.run_fields = core_fields(RUN_FIELDS);
    records.oblique_fields = core_fields(OBLIQUE_FIELDS);
    if (stream.firsts == NULL || stream.lasts == NULL || stream.nouns == NULL || stream.drafts == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    if (records.clause_fields == NULL || records.run_fields == NULL || records.oblique_fields == NULL
        || read_items(&stream, firsts, lasts, nouns) < 0 || read_drafts(&stream, drafts, names) < 0
        || core_arguments(&stream) < 0)
        goto done;
    bounds(&stream);
    join(&stream);
    answer = clause_records(&records, &stream, number, base);
done:
    for (Py_ssize_t n = 0; stream.drafts != NULL && n < stream.draft_count; n++)
        for (int k = 0; k < FIELDS; k++)
            Py_XDECREF(stream.drafts[n].held[k]);
    PyMem_Free(stream.firsts), PyMem_Free(stream.lasts), PyMem_Free(stream.nouns);
    PyMem_Free(stream.drafts), PyMem_Free(stream.obliques);
    Py_XDECREF(records.clause_fields);
    Py_XDECREF(records.run_fields);
    Py_XDECREF(records.oblique_fields);
    return answer;
}
