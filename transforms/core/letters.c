/* Letters: what str.isalnum() and its like say of a code point, looked up 256 code points at a time. Words of ASCII. */
#include "core.h"

unsigned char *core_pages[CORE_PAGES];
static uint32_t crc_table[256];

static int says(PyObject *letter, const char *method)
{
    PyObject *answer = PyObject_CallMethod(letter, method, NULL);
    int yes = answer == NULL ? -1 : PyObject_IsTrue(answer);
    Py_XDECREF(answer);
    return yes;
}

static unsigned char *page_of(Py_UCS4 c)
{
    Py_UCS4 number = c >> 8;
    if (core_pages[number] != NULL)
        return core_pages[number];
    unsigned char *page = PyMem_Calloc(256, 1);
    if (page == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    static const struct {
        const char *method;
        unsigned char kind;
    } questions[] = {{"isalnum", WORD | LETTER}, {"isspace", SPACE}, {"isdecimal", DECIMAL}, {"isdigit", NUMERAL},
                     {"isupper", CAPITAL}, {"islower", SMALL}};
    for (int k = 0; k < 256; k++) {
        PyObject *letter = PyUnicode_FromOrdinal((int)(number << 8) + k);
        int yes = letter == NULL ? -1 : 0;
        for (int n = 0; n < 6 && yes >= 0; n++) {
            yes = says(letter, questions[n].method);
            page[k] |= yes > 0 ? questions[n].kind : 0;
        }
        Py_XDECREF(letter);
        if (yes < 0) {
            PyMem_Free(page);
            return NULL;
        }
        if (page[k] & DECIMAL)
            page[k] &= (unsigned char)~LETTER;
    }
    if (number == 0)
        page['_'] |= WORD;
    return core_pages[number] = page;
}

int core_learn(const Py_UCS4 *text, Py_ssize_t count)
{
    Py_UCS4 known = 0; /* that of ASCII is looked up when the module is loaded */
    for (Py_ssize_t k = 0; k < count; k++) {
        Py_UCS4 number = text[k] >> 8;
        if (number == known)
            continue;
        if (core_pages[number] == NULL && page_of(text[k]) == NULL)
            return -1;
        known = number;
    }
    return 0;
}

uint32_t core_crc(const unsigned char *bytes, Py_ssize_t count)
{
    uint32_t value = 0xFFFFFFFFu;
    for (Py_ssize_t k = 0; k < count; k++)
        value = crc_table[(value ^ bytes[k]) & 255] ^ (value >> 8);
    return value ^ 0xFFFFFFFFu;
}

Py_ssize_t core_ascii(PyObject *word, unsigned char *low, const char **written)
{
    Py_ssize_t count = 0;
    *written = PyUnicode_AsUTF8AndSize(word, &count);
    if (*written == NULL) { /* a lone surrogate */
        PyErr_Clear();
        return -1;
    }
    if (count > LONGEST)
        return -1;
    for (Py_ssize_t k = 0; k < count; k++) {
        unsigned char c = (unsigned char)(*written)[k];
        if (c > 127)
            return -1;
        low[k] = UPPER(c) ? c + 32 : c;
    }
    return count;
}

int core_letters(void)
{
    for (uint32_t n = 0; n < 256; n++) {
        uint32_t value = n;
        for (int bit = 0; bit < 8; bit++)
            value = value & 1 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
        crc_table[n] = value;
    }
    return page_of('a') == NULL ? -1 : 0;
}
