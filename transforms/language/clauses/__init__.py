"""Tokens and tags of a sentence → its clauses, by a cascade of finite steps.

A letter for each token (``symbols``), noun and verb groups over the letters (``noun_groups``, ``verb_groups``), the groups of a
sentence in order (``items``), one clause for each verb group, tied to the clause before it by what stands
between the two verbs (``finite``, ``nonfinite``, ``waiting``, ``placing``), what belongs to each verb (``arguments``), and the records
(``build``). The idea of such cascades is Abney's ("Partial parsing via finite-state cascades", 1996).
"""

from dateline.transforms.language.clauses.build import clauses

__all__ = ["clauses"]
