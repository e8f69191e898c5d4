/* Words of stories: stories/words.py and stories/letters.py. */
#include "core.h"

/* stories/words.py, key, of the word ``text[i:j]`` of ASCII, with typographic apostrophes or not; -1 for another one */
static int64_t story_key(const Py_UCS4 *text, Py_ssize_t i, Py_ssize_t j)
{
    unsigned char low[LONGEST];
    Py_ssize_t count = j - i, kept = 0;
    if (count > LONGEST)
        return -1;
    for (; i < j; i++) {
        Py_UCS4 c = APOSTROPHE(text[i]) ? '\'' : UPPER(text[i]) ? text[i] + 32 : text[i];
        if (c > 127)
            return -1;
        if (c != '.')
            low[kept++] = (unsigned char)c;
    }
    if (kept >= 2 && low[kept - 2] == '\'' && low[kept - 1] == 's')
        kept -= 2;
    if (kept >= 2 && low[kept - 2] == 's' && low[kept - 1] == '\'')
        kept -= 2;
    for (count = kept, kept = 0; kept < count && low[kept] != '\'';)
        kept++;
    for (Py_ssize_t k = kept; k < count; k++)
        if (low[k] != '\'')
            low[kept++] = low[k];
    if (kept > 3 && low[kept - 1] == 's' && low[kept - 2] != 's' && low[kept - 2] != 'u' && low[kept - 2] != 'i')
        kept--;
    return core_crc(low, kept);
}

/* The end of the word at ``i``, or -1: stories/letters.py, inside. */
static Py_ssize_t story_word(const Py_UCS4 *text, Py_ssize_t i, Py_ssize_t count)
{
    Py_ssize_t j = i;
    if (IS(text[i], LETTER)) {
        while (j < count && IS(text[j], LETTER))
            j++;
        while (j + 1 < count && (text[j] == '.' || text[j] == '-' || APOSTROPHE(text[j])) && IS(text[j + 1], LETTER))
            for (j++; j < count && IS(text[j], LETTER);)
                j++;
        return j < count && text[j] == '.' ? j + 1 : j;
    }
    if (IS(text[i], DECIMAL)) {
        while (j < count && IS(text[j], DECIMAL))
            j++;
        while (j + 1 < count && (text[j] == '.' || text[j] == ',' || text[j] == ':') && IS(text[j + 1], DECIMAL))
            for (j++; j < count && IS(text[j], DECIMAL);)
                j++;
        return j;
    }
    return -1;
}

/* Whether a capital behind it may be due to the start of a sentence. */
static int stops(Py_UCS4 c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == '"' || c == 0x201D || c == 0x201C || c == '\n';
}

/* stories/words.py, words: (text, key, out) → the number of words; ``out`` gets a row each of starts, ends, keys and kinds.
   ``key`` numbers the words that are not of ASCII. */
PyObject *core_story_words(PyObject *Py_UNUSED(module), PyObject *arguments)
{
    enum { BEGINS_WITH_CAPITAL = 1, FIGURE = 2, INNER = 4 };
    PyObject *whole, *key, *rows, *answer = NULL;
    Views views = {.held = 0};
    if (!PyArg_ParseTuple(arguments, "UOO", &whole, &key, &rows))
        return NULL;
    Py_ssize_t count = PyUnicode_GetLength(whole), words = 0;
    Py_UCS4 *text = PyUnicode_AsUCS4Copy(whole);
    if (text == NULL || core_learn(text, count) < 0)
        goto done;
    int64_t *out = core_view(&views, rows, 8, 4 * count, 1);
    if (out == NULL)
        goto done;
    for (Py_ssize_t i = 0; i < count;) {
        Py_ssize_t j = story_word(text, i, count);
        if (j < 0) {
            i++;
            continue;
        }
        int64_t number = story_key(text, i, j);
        if (number < 0) {
            PyObject *word = PyUnicode_Substring(whole, i, j);
            PyObject *held = word == NULL ? NULL : PyObject_CallFunctionObjArgs(key, word, NULL);
            Py_XDECREF(word);
            number = held == NULL ? -1 : PyLong_AsLongLong(held);
            Py_XDECREF(held);
            if (PyErr_Occurred())
                goto done;
        }
        out[words] = i;
        out[count + words] = j;
        out[2 * count + words] = number;
        out[3 * count + words++] = (IS(text[i], CAPITAL) ? BEGINS_WITH_CAPITAL : 0) | (IS(text[i], NUMERAL) ? FIGURE : 0)
                                   | (i >= 2 && text[i - 1] == ' ' && !stops(text[i - 2]) ? INNER : 0);
        i = j;
    }
    answer = PyLong_FromSsize_t(words);
done:
    PyMem_Free(text);
    core_release(&views);
    return answer;
}
