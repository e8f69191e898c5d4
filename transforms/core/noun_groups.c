/* Noun groups of a sentence: language/clauses/noun_groups.py, whose functions have the same names here. The comments
 * there say what a rule is for. */
#include "groups.h"
#include <string.h>

enum { MAX_NOUN_GROUP = 40, MAX_DATE = 6, YEAR = 4, DAY = 2, MAX_ADJECTIVES = 8, MAX_NOUNS = 12 };

/* Whether a letter stands among the tokens ``[first, last)``. */
static int holds(const Tokens *t, Py_ssize_t first, Py_ssize_t last, char letter)
{
    return first < last && memchr(t->s + first, letter, (size_t)(last - first)) != NULL;
}

/* Past the letters at ``k`` that are ``letter``, ``most`` of them. */
static Py_ssize_t past(const Tokens *t, Py_ssize_t k, Py_ssize_t end, char letter, int most)
{
    for (; most > 0 && k < end && t->s[k] == letter; most--)
        k++;
    return k;
}

/* Whether the number at ``at`` is the year behind "May 3,". */
static int behind_day(const Tokens *t, Py_ssize_t at)
{
    return at >= 3 && memcmp(t->s + at - 3, "m0,", 3) == 0;
}

/* PLAIN: the end of the plain group at ``at``, or 0. */
static Py_ssize_t plain(const Tokens *t, Py_ssize_t at, Py_ssize_t end)
{
    const char *s = t->s;
    char c = s[at];
    int year = c == '0' && behind_day(t, at);
    Py_ssize_t k = at;
    if (c == 'd' || c == 's')
        k = past(t, at + 1, end, '0', 1);
    else if (c == '0')
        k += !year;
    k = past(t, k, end, 'j', MAX_ADJECTIVES);
    Py_ssize_t names = past(t, k, end, 'N', MAX_NOUNS);
    if (names > k && !core_among(LETTER_AT(t, names, end), "nNyjm0qV"))
        return names;
    Py_ssize_t nouns = past(t, names, end, 'n', MAX_NOUNS);
    char next = LETTER_AT(t, nouns, end);
    if (nouns > names && !core_among(next, "nNym0q")
        && !(next == 'j' && core_among(LETTER_AT(t, nouns + 1, end), "nNy")))
        return nouns;
    if (c == 'd') {
        k = past(t, at + 1, end, 'j', MAX_ADJECTIVES);
        if (!core_among(LETTER_AT(t, k, end), "dsjnNym0rqVGc"))
            return k;
    }
    if (c == '0' && !year && !core_among(LETTER_AT(t, at + 1, end), "nNyjm0qVG"))
        return at + 1;
    k = c == 'm' ? at : past(t, past(t, at, end, 'd', 1), end, 'j', 1);
    if ((c == 'm' || LETTER_AT(t, k, end) == 'y') && !core_among(LETTER_AT(t, k + 1, end), "nNyjm0qVG"))
        return k + 1;
    return 0;
}

/* The digits that a word consists of, without the ending of an ordinal if ``ordinal``; 0 where it holds others. */
static Py_ssize_t digits(Tokens *t, Py_ssize_t token, int ordinal)
{
    PyObject *word = core_low(t, token);
    Py_ssize_t count = word == NULL ? -1 : PyUnicode_GetLength(word);
    t->failed |= count < 0;
    for (; ordinal && count > 0; count--) {
        Py_UCS4 c = PyUnicode_ReadChar(word, count - 1);
        if (c > 127 || !core_among((char)c, "stndrh"))
            break;
    }
    for (Py_ssize_t k = 0; k < count; k++) {
        Py_UCS4 c = PyUnicode_ReadChar(word, k);
        if (core_learn(&c, 1) < 0) {
            t->failed = 1;
            return 0;
        }
        if (!IS(c, NUMERAL))
            return 0;
    }
    return count;
}

static int ends_date(Tokens *t, Py_ssize_t at)
{
    return behind_day(t, at) && digits(t, at, 0) == YEAR;
}

/* _DATE: whether the letters of ``[at, stop)`` are those of a date. */
static int looks_like_date(const Tokens *t, Py_ssize_t at, Py_ssize_t stop)
{
    if (stop - at == 1 && t->s[at] == '0')
        return 1;
    Py_ssize_t k = at + core_among(t->s[at], "0j");
    if (LETTER_AT(t, k, stop) != 'm')
        return 0;
    while (k < stop && core_among(t->s[k], "my0"))
        k++;
    return k == stop;
}

static int is_date(Tokens *t, Py_ssize_t at, Py_ssize_t stop)
{
    if (stop - at > MAX_DATE || !looks_like_date(t, at, stop))
        return 0;
    if (t->s[at] == 'j')
        return core_is(t, at, NEAR_TIME);
    if (t->s[stop - 1] == 'm')
        return stop - at > 1 && !core_is(t, stop - 1, NAMED_MONTH);
    return holds(t, at, stop, 'm') || ends_date(t, at);
}

static Py_ssize_t date_end(Tokens *t, Py_ssize_t at, Py_ssize_t stop)
{
    Py_ssize_t count = digits(t, stop - 1, 1);
    if (!count)
        return core_is(t, stop - 1, TIME) ? stop : stop - 1;
    int named = stop > 1 && core_is(t, stop - 2, MONTH) && !(at && core_is(t, at - 1, WITHIN));
    return count == YEAR || (named && count <= DAY) ? stop : stop - 1;
}

static int ends_fronted(Tokens *t, Py_ssize_t at, Py_ssize_t name, Py_ssize_t stop)
{
    const char *s = t->s;
    if (!core_among(s[at], "ds") || !at)
        return 0;
    if (s[name - 1] == 'n') {
        int opens = at == 1 || core_among(s[at - 2], ".,;:ck\"-");
        if (!opens || !core_among(s[at - 1], "ik") || core_is(t, name - 1, BEING))
            return 0;
    }
    Py_ssize_t k = past(t, name, stop, 'N', MAX_NOUN_GROUP);
    return core_among(LETTER_AT(t, k, stop), "DZMbho");
}

/* Whether a day at ``at`` stands behind its noun. */
static int dated(const Tokens *t, Py_ssize_t at, Py_ssize_t stop)
{
    Py_ssize_t k = at + 1;
    while (k < stop && core_among(t->s[k], "my0"))
        k++;
    return !core_among(LETTER_AT(t, k, stop), "nNjqVG");
}

/* Whether a participle at ``j`` goes on the group that begins at ``at``. */
static int participle_fits(const Tokens *t, Py_ssize_t at, Py_ssize_t j, Py_ssize_t stop, char back)
{
    const char *s = t->s;
    char c = s[j], following = LETTER_AT(t, j + 1, stop);
    int named = back == 'N' && c == 'V' && at > 0 && s[at - 1] == 'i';
    int before = back ? core_among(back, "dsjq0r") || named : c == 'V';
    if (!before || !core_among(following, back == 'd' || back == 's' ? "jnNy0" : "jnNy"))
        return 0;
    if (back || j == 0 || core_among(s[j - 1], ",ic\".(kT"))
        return 1;
    return core_among(s[j - 1], "DV") && c == 'V' && holds(t, j, stop < j + 5 ? stop : j + 5, 'N');
}

/* noun_group_by_letter; ``*behind`` is one past the last letter that was read, the head -1 where none was found. */
static Py_ssize_t head_of(Tokens *t, Py_ssize_t at, Py_ssize_t stop, Py_ssize_t *behind)
{
    const char *s = t->s;
    Py_ssize_t head = -1, j = at;
    int owned = 0;
    for (; j < stop; j++) {
        char c = s[j], back = j > at ? s[j - 1] : 0, following = LETTER_AT(t, j + 1, stop);
        if (core_among(c, "jnNV") && core_among(back, "my0") && is_date(t, at, j)) {
            j = date_end(t, at, j);
            j = j > at ? j : at + 1;
            head = j - 1;
            break;
        }
        if (core_among(c, "nNy")) {
            if (c == 'N' && core_among(back, "ny") && ends_fronted(t, at, j, stop))
                break;
            if (back == 'm' && !owned && c != 'y' && !(c == 'N' && core_is(t, j - 1, NAMED_MONTH)))
                break;
            head = j;
        } else if (c == '0') {
            if (head < 0 || !core_among(s[head], "nN"))
                head = j;
        } else if (c == 'j') {
            if (back == 'n' && !core_among(following, "nNy"))
                break;
            if (head >= 0 && core_among(following, "ym") && core_is(t, j, NEAR_TIME))
                break;
        } else if (c == 'm') {
            if (head >= 0 && back == 'N' && core_is(t, j, NAMED_MONTH))
                ; /* "Theresa May" */
            else if (core_among(back, "nN") && dated(t, j, stop))
                break;
            else if (head >= 0 && !owned && s[at] != 'j' && !core_among(s[head], "my0"))
                break;
            head = j;
        } else if (c == 'd' || c == 's') {
            if (j > at && (back != 'd' || j - at > 1))
                break;
            owned = 1;
        } else if (c == 'q') {
            if (head < 0)
                break;
            owned = 1;
        } else if (c == 'V' || c == 'G') {
            if (back == 'd' && core_is(t, j, PEOPLE) && !core_among(following, "jnNy0VG")) {
                head = j, j++; /* "Relatives of the missing" */
                break;
            }
            if (!participle_fits(t, at, j, stop, back))
                break;
        } else if (c == 'r') {
            if (!core_among(following, "j0V") || (back && !core_among(back, "dsjqr")))
                break;
        } else if (c != 'c' || head >= 0 || back != 'j' || !core_among(following, "jr")) {
            break;
        }
    }
    *behind = j;
    return head;
}

static int by_letter(Tokens *t, Py_ssize_t at, Py_ssize_t end, int owns, NounGroup *found)
{
    const char *s = t->s;
    Py_ssize_t stop = end < at + MAX_NOUN_GROUP ? end : at + MAX_NOUN_GROUP, j;
    Py_ssize_t head = head_of(t, at, stop, &j);
    if (head < 0) {
        *found = (NounGroup){at, j, j - 1, 0, 0};
        return j > at && s[at] == 'd' && core_among(s[j - 1], "dj");
    }
    if (j > 1 && s[j - 1] == 'j' && s[j - 2] == 'q' && core_is(t, j - 1, BODY))
        head = j - 1;
    Py_ssize_t last = past(t, head + 1, j, '0', MAX_NOUN_GROUP);
    if (LETTER_AT(t, last, end) == 'q') {
        last++;
        if (owns && last + 1 < end && s[last] == '"' && core_among(s[last + 1], "jnNV")
            && by_letter(t, last + 1, end, 0, found)) {
            found->first = at, found->time = 0;
            return 1;
        }
    }
    int time = core_among(s[head], "my")
               || (s[head] == '0' && (holds(t, at, head, 'm') || (head == at && ends_date(t, at))));
    for (Py_ssize_t k = at; time && k < head; k++)
        time = core_among(s[k], "djm0yr");
    *found = (NounGroup){at, last, head, time, s[head] == 'N'};
    return 1;
}

int core_noun_group(Tokens *t, Py_ssize_t at, Py_ssize_t end, NounGroup *found)
{
    const char *s = t->s;
    char c = s[at], behind = LETTER_AT(t, at + 1, end);
    if (c == 'p') {
        int both = behind == 'd' && core_is(t, at + 1, QUANTIFIER);
        *found = (NounGroup){at, at + 1 + both, at, 0, 0};
        return 1;
    }
    Py_ssize_t last = plain(t, at, end);
    if (last) {
        char head = s[last - 1];
        *found = (NounGroup){at, last, last - 1, head == 'y' || head == 'm', head == 'N'};
        return 1;
    }
    if ((c == 'r' && !core_among(behind, "j0V")) || (c == 'V' && !core_among(behind, "jnNy"))
        || (c == 'j' && !core_among(behind, "jnNym0rVGc")))
        return 0;
    return by_letter(t, at, end, 1, found);
}
