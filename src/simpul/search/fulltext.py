"""The migration operation that gives `Entry` its full-text index, and how each engine is asked.

SQLite: an FTS5 table over the two columns of folded words, kept in step by triggers, so also in the transaction that
changes them. PostgreSQL: a generated `tsvector` with a GIN index. Words are folded before either engine sees them, so
that both find the same: neither a language's stemming nor its stop words.
"""

from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

from simpul.records.operations import Statements

_SQLITE: Final = (
    (
        "CREATE VIRTUAL TABLE search_words USING fts5(title_words, body_words, content='search_entry', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
    ),
    (
        "CREATE TRIGGER search_words_insert AFTER INSERT ON search_entry BEGIN "
        "INSERT INTO search_words(rowid, title_words, body_words) VALUES (NEW.id, NEW.title_words, NEW.body_words); END"
    ),
    (
        "CREATE TRIGGER search_words_delete AFTER DELETE ON search_entry BEGIN "
        "INSERT INTO search_words(search_words, rowid, title_words, body_words) "
        "VALUES ('delete', OLD.id, OLD.title_words, OLD.body_words); END"
    ),
    (
        "CREATE TRIGGER search_words_update AFTER UPDATE ON search_entry BEGIN "
        "INSERT INTO search_words(search_words, rowid, title_words, body_words) "
        "VALUES ('delete', OLD.id, OLD.title_words, OLD.body_words); "
        "INSERT INTO search_words(rowid, title_words, body_words) VALUES (NEW.id, NEW.title_words, NEW.body_words); END"
    ),
)
_POSTGRESQL: Final = (
    (
        "ALTER TABLE search_entry ADD COLUMN words tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', title_words), 'A') || "
        "setweight(to_tsvector('simple', body_words), 'B')) STORED"
    ),
    "CREATE INDEX search_entry_words ON search_entry USING gin (words)",
)


def full_text() -> Statements:
    """The operation, for a migration."""
    return Statements(
        "the full-text index of search entries",
        postgresql=_POSTGRESQL,
        sqlite=_SQLITE,
        back_postgresql=("ALTER TABLE search_entry DROP COLUMN words",),
        back_sqlite=(
            *(f"DROP TRIGGER search_words_{when}" for when in ("insert", "delete", "update")),
            "DROP TABLE search_words",
        ),
    )


# Best first: the title itself, a title that begins so, then by weight of the words. The inner limit bounds the work for
# a word that half of the entries contain; those whose title begins with it are looked up by themselves.
_RANKED: Final = """
SELECT id, min(tier) AS best, max(weight) AS heaviest FROM (
  SELECT id, CASE WHEN title_key = %s THEN 0 ELSE 1 END AS tier, 0.0 AS weight FROM (
    SELECT id, title_key FROM search_entry WHERE title_key >= %s AND title_key < %s {section}
    ORDER BY title_key LIMIT %s
  ) AS beginning
  UNION ALL
  SELECT id, 2 AS tier, weight FROM ({matching} LIMIT %s) AS matching
) AS candidates GROUP BY id ORDER BY best, heaviest DESC, id"""
_MATCHING: Final = {
    # bm25 is the better the more negative it is.
    "sqlite": "SELECT e.id, -bm25(search_words, 4.0, 1.0) AS weight FROM search_words "
    "JOIN search_entry e ON e.id = search_words.rowid WHERE search_words MATCH %s {section}",
    "postgresql": "SELECT id, ts_rank('{{0, 0, 0.25, 1}}', words, to_tsquery('simple', %s)) AS weight "
    "FROM search_entry WHERE words @@ to_tsquery('simple', %s) {section}",
}


def ranked(
    connection: BaseDatabaseWrapper, words: list[str], key: str, last: str, *, section: str, most: int
) -> list[int]:
    """Keys of at most 2 x `most` entries that hold all words or begin with `key`, best first. `section` "": any.

    `words` are folded, so none holds a quote or an operator of either engine's language. One query.
    """
    narrowed = "AND section = %s" if section else ""
    by_section: list[Any] = [section] if section else []
    if connection.vendor == "postgresql":
        asked = " & ".join(f"'{word}'{':*' if len(word) > 1 else ''}" for word in words)
        matching: list[Any] = [asked, asked]
    else:
        matching = [" ".join(f'"{word}"{"*" if len(word) > 1 else ""}' for word in words)]
    # The names filled in are ours; what people type is a parameter.
    statement = _RANKED.format(section=narrowed, matching=_MATCHING[connection.vendor].format(section=narrowed))
    with connection.cursor() as cursor:
        cursor.execute(statement, [key, key, last, *by_section, most, *matching, *by_section, most])
        return [row[0] for row in cursor.fetchall()]
