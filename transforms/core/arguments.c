/* The arguments of verbs beside their subjects: language/clauses/arguments.py. */
#include "drafts.h"
#include <string.h>

enum { ROW = 8 };

static int among(char kind, const char *kinds)
{
    return kind && strchr(kinds, kind) != NULL;
}

static Run run_of(const Stream *stream, Py_ssize_t k)
{
    return (Run){stream->firsts[k], stream->lasts[k]};
}

static int add_oblique(Stream *stream, Draft *draft, Py_ssize_t preposition, Run phrase)
{
    if (core_reserve((void **)&stream->obliques, &stream->oblique_room, stream->oblique_count, 1, sizeof(Oblique)) < 0)
        return -1;
    Py_ssize_t at = stream->oblique_count++;
    stream->obliques[at] = (Oblique){preposition, -1, phrase};
    if (draft->oblique < 0)
        draft->oblique = at;
    else
        stream->obliques[draft->last_oblique].next = at;
    draft->last_oblique = at;
    return 0;
}

/* _widen: the last phrase goes on to the token before ``last``. */
static void widen(const Stream *stream, Draft *draft, Py_ssize_t last)
{
    Run *object = draft->object_count ? &draft->objects[draft->object_count - 1] : NULL;
    Run *phrase = draft->oblique < 0 ? NULL : &stream->obliques[draft->last_oblique].phrase;
    if (phrase != NULL && (object == NULL || phrase->first > object->first))
        phrase->last = last;
    else if (object != NULL)
        object->last = last;
}

/* Whether the word of an item is "of"; -1 with an error. */
static int is_of(const Stream *stream, Py_ssize_t item)
{
    PyObject *word = PyList_GetItem(stream->low, stream->firsts[item]);
    return word == NULL ? -1 : PyUnicode_CompareWithASCIIString(word, "of") == 0;
}

/* _before */
static int before(Stream *stream, Draft *draft)
{
    const char *kinds = stream->kinds;
    Py_ssize_t lead = draft->item, near = draft->near;
    if (draft->has_subject && !draft->shared) {
        lead = draft->start;
        while (lead < draft->item && stream->firsts[lead] < draft->subject.first)
            lead++;
    } else if (near >= draft->start) {
        lead = near + 1;
    }
    Py_ssize_t behind = near >= lead ? near + 1 : lead;
    for (Py_ssize_t k = draft->start; k < draft->item; k++) {
        if (!stream->nouns[k] || (lead <= k && k < behind))
            continue;
        if (k > draft->start && among(kinds[k - 1], "ikt")) {
            PyObject *place = PyLong_FromSsize_t(k - 1);
            int marks = place == NULL ? -1 : PySet_Contains(stream->markers, place);
            Py_XDECREF(place);
            if (marks < 0 || (!marks && add_oblique(stream, draft, stream->firsts[k - 1], run_of(stream, k)) < 0))
                return -1;
        } else if (stream->nouns[k] == TIME_NOUN && add_oblique(stream, draft, -1, run_of(stream, k)) < 0) {
            return -1;
        }
    }
    return 0;
}

/* _in_row */
static int in_row(const char *kinds, Py_ssize_t k, Py_ssize_t stop)
{
    for (Py_ssize_t j = k + 1; j < k + ROW && j < stop; j++) {
        if (kinds[j] == 'c')
            return j + 1 < stop && kinds[j + 1] == 'N';
        if (!among(kinds[j], "N,i"))
            return 0;
    }
    return 0;
}

/* _behind */
static int behind(Stream *stream, Draft *draft)
{
    const char *kinds = stream->kinds;
    int direct = 1;
    Py_ssize_t verb = draft->item, stop = draft->stop;
    char back = 'V';
    for (Py_ssize_t k = verb + 1; k < stop; back = kinds[k], k++) {
        char kind = kinds[k];
        if (kind == 'N') {
            Run run = run_of(stream, k);
            int inner = k - 2 > verb && kinds[k - 2] == 'N', time = stream->nouns[k] == TIME_NOUN;
            if (among(back, "ikt")) {
                int of = inner ? is_of(stream, k - 1) : 0;
                if (of > 0)
                    widen(stream, draft, run.last);
                else if (of < 0 || add_oblique(stream, draft, stream->firsts[k - 1], run) < 0)
                    return -1;
                else
                    direct = direct && time;
            } else if (time) {
                if (add_oblique(stream, draft, -1, run) < 0)
                    return -1;
            } else if (inner && (back == 'c' || (back == ',' && in_row(kinds, k, stop)))) {
                widen(stream, draft, run.last);
            } else if (direct && !among(back, ",-();:") && draft->object_count < MAX_OBJECTS
                       && !(draft->inverted && draft->has_subject && run.last <= draft->subject.last)) {
                draft->objects[draft->object_count++] = run;
            }
        } else if (kind == '"') {
            if (draft->encloser >= 0 && PyUnicode_CompareWithASCIIString(draft->held[KIND], "relative") == 0) {
                Draft *around = &stream->drafts[draft->encloser];
                around->stop = draft->stop, draft->stop = k;
                draft = around;
                verb = draft->item;
                direct = 0;
            }
        } else if (kind == 'Q') {
            if (!draft->has_complement)
                draft->has_complement = 1, draft->complement = run_of(stream, k);
        } else if (among(kind, ",-();:")) {
            char following = kinds[k + 1 < stream->count ? k + 1 : stream->count - 1];
            if (among(kind, ";:") && following != 'Q')
                break;
            direct = 0;
        }
    }
    return 0;
}

/* Takes away objects that are the subject of another verb. */
static void without_subjects(Stream *stream)
{
    for (Py_ssize_t n = 0; n < stream->draft_count; n++) {
        Draft *draft = &stream->drafts[n];
        int kept = 0;
        for (int k = 0; k < draft->object_count; k++) {
            Run object = draft->objects[k];
            int subject = 0;
            for (Py_ssize_t m = 0; m < stream->draft_count && !subject; m++) {
                const Draft *other = &stream->drafts[m];
                subject = !other->shared && other->finite && other->has_subject && other->subject.first == object.first
                          && other->subject.last == object.last;
            }
            if (!subject)
                draft->objects[kept++] = object;
        }
        draft->object_count = kept;
    }
}

int core_arguments(Stream *stream)
{
    for (Py_ssize_t n = 0; n < stream->draft_count; n++) {
        Draft *draft = &stream->drafts[n];
        Py_ssize_t stop = stream->count;
        if (n + 1 < stream->draft_count) {
            const Draft *following = draft + 1;
            stop = following->start > draft->item ? following->start : following->near + 1;
        }
        draft->stop = stop > draft->item ? stop : draft->item + 1;
        if ((draft->start < draft->item && before(stream, draft) < 0) || behind(stream, draft) < 0)
            return -1;
    }
    if (stream->draft_count > 1)
        without_subjects(stream);
    return 0;
}
