/* Lines of a page from its markup: html/markup.py. */
#include "core.h"
#include <string.h>

/* As ``DOES`` of html/markup.py gives them. */
enum { OPENS = 1, CLOSES, LINK, UNLINK, BREAK, RULE, TIME, IS_RAW, WHAT = 15 };
enum { BOX = 16, LANDMARK = 32, ROW = 64, CELL = 128 };
enum { LINE_BREAK = 0x1E, NO_BREAK = 0xA0, CHECKED = 64 };

typedef struct {
    PyObject *tag, *zone, *blocks;
    Py_ssize_t box;
    int data;
} Place;

/* The names of tags are few: each is looked up once. Longer ones than ``LONGEST_TAG`` do nothing. */
enum { LONGEST_TAG = 15, SLOTS = 256 };
typedef struct {
    unsigned char letters[LONGEST_TAG];
    unsigned char size;
    long does;
    PyObject *name;
} Tag;

typedef struct {
    PyObject *markup, *does, *check, *looks, *plain, *mark, *row, *time, *put, *above, *tags; /* borrowed */
    const Py_UCS4 *text;
    Py_UCS4 *line;
    Py_ssize_t used, room, linked, links;
    int begun, timed;
    Place *places;
    Py_ssize_t depth, space;
    Tag known[SLOTS];
} Walk;

/* The tag whose name has these letters; NULL with an error. */
static const Tag *tag_at(Walk *w, Py_ssize_t start, Py_ssize_t size)
{
    static const Tag nothing = {.size = 0};
    unsigned char letters[LONGEST_TAG];
    uint32_t hash = (uint32_t)size;
    if (size < 1 || size > LONGEST_TAG)
        return &nothing;
    for (Py_ssize_t k = 0; k < size; k++) {
        if (w->text[start + k] > 127)
            return &nothing;
        letters[k] = (unsigned char)w->text[start + k];
        hash = (hash ^ letters[k]) * 0x01000193u;
    }
    Tag *tag = &w->known[(hash ^ hash >> 15) & (SLOTS - 1)];
    if (tag->size == size && memcmp(tag->letters, letters, (size_t)size) == 0)
        return tag;
    PyObject *name = PyUnicode_Substring(w->markup, start, start + size);
    PyObject *does = name == NULL ? NULL : PyDict_GetItemWithError(w->does, name);
    long found = does == NULL ? 0 : PyLong_AsLong(does);
    if (PyErr_Occurred()) {
        Py_XDECREF(name);
        return NULL;
    }
    Py_XDECREF(tag->name);
    tag->size = (unsigned char)size, tag->does = found, tag->name = name;
    memcpy(tag->letters, letters, (size_t)size);
    return tag;
}

/* The length of the entity at ``k`` that the parser writes in texts, and its character; 0 where there is none. */
static Py_ssize_t entity(const Py_UCS4 *text, Py_ssize_t k, Py_ssize_t end, Py_UCS4 *character)
{
    static const struct {
        const char *written;
        Py_UCS4 character;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&nbsp;", NO_BREAK}};
    for (int n = 0; n < 4; n++) {
        Py_ssize_t size = (Py_ssize_t)strlen(entities[n].written), j = 0;
        while (j < size && k + j < end && text[k + j] == (Py_UCS4)entities[n].written[j])
            j++;
        if (j == size) {
            *character = entities[n].character;
            return size;
        }
    }
    return 0;
}

static int put_characters(Walk *w, const char *characters)
{
    Py_ssize_t size = (Py_ssize_t)strlen(characters);
    if (core_reserve((void **)&w->line, &w->room, w->used, size, sizeof(Py_UCS4)) < 0)
        return -1;
    for (Py_ssize_t k = 0; k < size; k++)
        w->line[w->used++] = (unsigned char)characters[k];
    return 0;
}

/* Adds the text between two tags to the line. */
static int put_text(Walk *w, Py_ssize_t start, Py_ssize_t end)
{
    Py_ssize_t first = w->used, k = start;
    if (!w->begun && !w->places[w->depth].data) {
        while (k < end && IS(w->text[k], SPACE))
            k++;
        if (k == end)
            return 0;
    }
    if (core_reserve((void **)&w->line, &w->room, w->used, end - start, sizeof(Py_UCS4)) < 0)
        return -1;
    for (k = start; k < end; k++) {
        Py_UCS4 c = w->text[k];
        Py_ssize_t size = c == '&' ? entity(w->text, k, end, &c) : 0;
        w->line[w->used++] = c;
        k += size ? size - 1 : 0;
    }
    w->begun = 1;
    if (w->links > 0) {
        Py_ssize_t last = w->used;
        while (first < last && IS(w->line[first], SPACE))
            first++;
        while (last > first && IS(w->line[last - 1], SPACE))
            last--;
        w->linked += last - first;
    }
    return 0;
}

/* Ends the line. */
static int put_line(Walk *w)
{
    if (!w->begun && !w->timed)
        return 0;
    const uint16_t probe = 1;
    int order = *(const unsigned char *)&probe ? -1 : 1; /* given, so that a mark of order is kept as it is */
    const Place *place = &w->places[w->depth];
    PyObject *raw = PyUnicode_DecodeUTF32(w->used ? (const char *)w->line : "", w->used * (Py_ssize_t)sizeof(Py_UCS4),
                                          "surrogatepass", &order);
    PyObject *done = raw == NULL ? NULL
                                 : PyObject_CallFunction(w->put, "OnOOnO", raw, w->linked, place->tag, place->zone,
                                                         place->box, place->blocks);
    Py_XDECREF(raw);
    Py_XDECREF(done);
    w->used = w->linked = 0;
    w->begun = w->timed = 0;
    return done == NULL ? -1 : 0;
}

static void leave(Walk *w)
{
    Place *place = &w->places[w->depth--];
    Py_DECREF(place->tag), Py_DECREF(place->zone), Py_DECREF(place->blocks);
}

/* Steps into a block with its attributes at ``[start, end)``. */
static int enter(Walk *w, const Tag *tag, Py_ssize_t start, Py_ssize_t end)
{
    if (core_reserve((void **)&w->places, &w->space, w->depth + 1, 1, sizeof(Place)) < 0)
        return -1;
    Place *inner = &w->places[w->depth + 1];
    *inner = w->places[w->depth++];
    inner->tag = tag->name;
    inner->zone = tag->does & LANDMARK ? tag->name : inner->zone;
    inner->data = 0;
    Py_INCREF(inner->tag), Py_INCREF(inner->zone), Py_INCREF(inner->blocks);
    if (tag->does & ROW) {
        PyObject *data = PyObject_CallNoArgs(w->row);
        inner->data = data == NULL ? -1 : PyObject_IsTrue(data);
        Py_XDECREF(data);
        if (inner->data < 0)
            return -1;
    }
    if (end > start) {
        PyObject *attributes = PyUnicode_Substring(w->markup, start, end);
        PyObject *looks = attributes == NULL ? NULL : PyObject_GetItem(w->looks, attributes);
        Py_XDECREF(attributes);
        if (looks == NULL)
            return -1;
        PyObject *zoned = looks == w->plain ? NULL
                                            : PyObject_CallFunction(w->mark, "OOOnO", looks, inner->tag, inner->zone,
                                                                    inner->box, inner->blocks);
        int marked = looks != w->plain;
        Py_DECREF(looks);
        if (marked) {
            PyObject *zone, *blocks;
            if (zoned != NULL && !PyTuple_Check(zoned))
                PyErr_SetString(PyExc_TypeError, "a zone and blocks are needed");
            if (zoned == NULL || !PyTuple_Check(zoned) || !PyArg_ParseTuple(zoned, "OO", &zone, &blocks)) {
                Py_XDECREF(zoned);
                return -1;
            }
            Py_INCREF(zone), Py_INCREF(blocks);
            Py_DECREF(inner->zone), Py_DECREF(inner->blocks);
            inner->zone = zone, inner->blocks = blocks;
            Py_DECREF(zoned);
        }
    }
    if (tag->does & BOX) {
        if (core_append_number(w->above, inner->box) < 0 || PyList_Append(w->tags, tag->name) < 0)
            return -1;
        inner->box = PyList_Size(w->above) - 1;
    }
    return 0;
}

/* Does what a tag does, whose attributes are at ``[start, end)``: 1, 0 where it is an element of raw text, -1 with an error. */
static int follow(Walk *w, const Tag *tag, Py_ssize_t start, Py_ssize_t end)
{
    int data = w->places[w->depth].data, what = tag->does & WHAT;
    switch (what) {
    case OPENS:
    case CLOSES:
        if (data && (tag->does & CELL))
            return what == OPENS && w->begun && put_characters(w, " | ") < 0 ? -1 : 1;
        if (put_line(w) < 0)
            return -1;
        if (what == OPENS)
            return enter(w, tag, start, end) < 0 ? -1 : 1;
        if (w->depth > 0)
            leave(w);
        return 1;
    case LINK:
        w->links++;
        return 1;
    case UNLINK:
        w->links--;
        return 1;
    case BREAK:
        w->begun = 1;
        return put_characters(w, "\x1e") < 0 ? -1 : 1;
    case RULE:
        return put_line(w) < 0 ? -1 : 1;
    case TIME: {
        PyObject *done = PyObject_CallNoArgs(w->time);
        w->timed = 1;
        Py_XDECREF(done);
        return done == NULL ? -1 : 1;
    }
    case IS_RAW:
        return 0;
    default:
        return 1;
    }
}

/* Where the text goes on behind a comment, which begins behind ``<`` at ``k``. */
static Py_ssize_t behind_comment(const Py_UCS4 *text, Py_ssize_t k, Py_ssize_t count)
{
    int dashed = k + 2 < count && text[k] == '!' && text[k + 1] == '-' && text[k + 2] == '-';
    for (k += dashed ? 5 : 0; k < count; k++)
        if (text[k] == '>' && (!dashed || (text[k - 1] == '-' && text[k - 2] == '-')))
            return k + 1;
    return count;
}

static int walk(Walk *w, Py_ssize_t count)
{
    const Py_UCS4 *text = w->text;
    int tags = 0, goes_on = 1;
    for (Py_ssize_t at = 0; at < count && goes_on > 0;) {
        Py_ssize_t k = at;
        while (k < count && text[k] != '<')
            k++;
        if (k > at && put_text(w, at, k) < 0)
            return -1;
        if (k == count)
            break;
        at = ++k;
        if (k < count && (text[k] == '!' || text[k] == '?')) {
            at = behind_comment(text, k, count);
            continue;
        }
        while (k < count && text[k] != '>' && !IS(text[k], SPACE))
            k++;
        Py_ssize_t start = k;
        while (k < count && text[k] != '>')
            k++;
        const Tag *tag = tag_at(w, at, start - at);
        at = k < count ? k + 1 : count;
        if (tag == NULL)
            return -1;
        if (tags++ % CHECKED == 0) {
            PyObject *done = PyObject_CallNoArgs(w->check);
            Py_XDECREF(done);
            if (done == NULL)
                return -1;
        }
        goes_on = tag->does ? follow(w, tag, start, k) : 1;
    }
    return goes_on;
}

/* html/markup.py, read: (markup, does, check, looks, plain, mark, row, time, put, above, tags) → whether it was read. ``does``
 * gives what tags do, ``check`` is called now and then, and what follows is told of there. */
PyObject *core_read_markup(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    Walk held = {0}, *w = &held;
    if (!PyArg_ParseTuple(arguments, "UO!OOOOOOOO!O!", &w->markup, &PyDict_Type, &w->does, &w->check, &w->looks, &w->plain,
                          &w->mark, &w->row, &w->time, &w->put, &PyList_Type, &w->above, &PyList_Type, &w->tags))
        return NULL;
    Py_ssize_t count = PyUnicode_GetLength(w->markup);
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(w->markup);
    PyObject *nothing = PyUnicode_FromString(""), *none = PyTuple_New(0);
    int done = -1;
    if (text == NULL || nothing == NULL || none == NULL || core_learn(text, count) < 0
        || core_learn((const Py_UCS4[]){NO_BREAK}, 1) < 0
        || core_reserve((void **)&w->places, &w->space, 0, 1, sizeof(Place)) < 0)
        goto finish;
    w->text = text;
    w->places[0] = (Place){nothing, nothing, none, 0, 0};
    Py_INCREF(nothing), Py_INCREF(nothing), Py_INCREF(none);
    done = walk(w, count);
    while (w->depth > 0)
        leave(w);
    Py_DECREF(nothing), Py_DECREF(nothing), Py_DECREF(none);
finish:
    for (int k = 0; k < SLOTS; k++)
        Py_XDECREF(w->known[k].name);
    PyMem_Free(text), PyMem_Free(w->line), PyMem_Free(w->places);
    Py_XDECREF(nothing), Py_XDECREF(none);
    return done < 0 ? NULL : PyBool_FromLong(done);
}
