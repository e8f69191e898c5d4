CREATE OR REPLACE VIEW `PROJECT.DATASET.current_articles` AS
SELECT * EXCEPT (newest) FROM (
  SELECT *, IFNULL(DATE(_PARTITIONTIME), CURRENT_DATE()) AS ingested_on, ROW_NUMBER() OVER (PARTITION BY article_id ORDER BY order_at DESC, IFNULL(fetched_at, '') DESC, revision DESC, pipeline_order DESC, origin) AS newest
  FROM `PROJECT.DATASET.articles`
) WHERE newest = 1;

CREATE OR REPLACE VIEW `PROJECT.DATASET.current_events` AS
SELECT a.article_id, a.revision, a.url, a.title, a.publisher, a.published, a.order_at, a.origin, a.ingested_on, e.*
FROM `PROJECT.DATASET.current_articles` AS a, UNNEST(a.events) AS e;

CREATE OR REPLACE VIEW `PROJECT.DATASET.withdrawn` AS
SELECT DISTINCT o.article_id, o.revision, c.revision AS current_revision, e.event_id, e.record
FROM `PROJECT.DATASET.articles` AS o
JOIN `PROJECT.DATASET.current_articles` AS c ON c.article_id = o.article_id AND c.revision <> o.revision,
UNNEST(o.events) AS e
WHERE e.event_id NOT IN (SELECT n.event_id FROM UNNEST(c.events) AS n);

CREATE OR REPLACE VIEW `PROJECT.DATASET.current_dead_letters` AS
SELECT * EXCEPT (newest) FROM (
  SELECT *, IFNULL(DATE(_PARTITIONTIME), CURRENT_DATE()) AS ingested_on, ROW_NUMBER() OVER (PARTITION BY dead_letter_id ORDER BY version DESC, first_failed_at) AS newest
  FROM `PROJECT.DATASET.dead_letters`
) WHERE newest = 1;

CREATE OR REPLACE VIEW `PROJECT.DATASET.stories` AS
SELECT m.story_id, m.article_id, c.origin, c.title, c.publisher, c.url, c.published, m.source, m.text_id,
    MIN(NULLIF(SUBSTR(c.published, 1, 10), '')) OVER s AS first_day,
    COUNT(*) OVER s AS articles,
    (SELECT COUNT(DISTINCT n.text_id) FROM (SELECT * FROM `PROJECT.DATASET.story_members` WHERE snapshot = (SELECT MAX(snapshot) FROM `PROJECT.DATASET.link_snapshots`)) n
        WHERE n.story_id = m.story_id) AS texts,
    (SELECT COUNT(DISTINCT n.source) FROM (SELECT * FROM `PROJECT.DATASET.story_members` WHERE snapshot = (SELECT MAX(snapshot) FROM `PROJECT.DATASET.link_snapshots`)) n
        WHERE n.story_id = m.story_id) AS sources
FROM (SELECT * FROM `PROJECT.DATASET.story_members` WHERE snapshot = (SELECT MAX(snapshot) FROM `PROJECT.DATASET.link_snapshots`)) m JOIN `PROJECT.DATASET.current_articles` c ON c.article_id = m.article_id
WINDOW s AS (PARTITION BY m.story_id);

CREATE OR REPLACE VIEW `PROJECT.DATASET.conflicts` AS
SELECT CASE WHEN l.a <> l.article_a THEN l.a END AS event_a, CASE WHEN l.b <> l.article_b THEN l.b END AS event_b,
    ca.origin AS origin_a, cb.origin AS origin_b, l.stated_a AS when_a, l.stated_b AS when_b, l.label AS kind,
    l.article_a, l.article_b, l.score, l.evidence
FROM (SELECT * FROM `PROJECT.DATASET.links` WHERE snapshot = (SELECT MAX(snapshot) FROM `PROJECT.DATASET.link_snapshots`)) l
JOIN `PROJECT.DATASET.current_articles` ca ON ca.article_id = l.article_a
JOIN `PROJECT.DATASET.current_articles` cb ON cb.article_id = l.article_b
WHERE l.kind = 'contradicts';

CREATE OR REPLACE VIEW `PROJECT.DATASET.inferred_dates` AS
SELECT d.article_id, c.origin,
    CASE WHEN d.certainty = 'inferred' THEN d.day_start END AS edtf,
    d.certainty, d.day_start, d.day_end, d.sources, d.evidence
FROM (SELECT * FROM `PROJECT.DATASET.story_days` WHERE snapshot = (SELECT MAX(snapshot) FROM `PROJECT.DATASET.link_snapshots`)) d JOIN `PROJECT.DATASET.current_articles` c ON c.article_id = d.article_id
WHERE d.certainty <> 'told';

CREATE OR REPLACE VIEW `PROJECT.DATASET.main_days` AS
SELECT d.article_id, c.origin, d.certainty, d.day_start, d.day_end, d.sources
FROM (SELECT * FROM `PROJECT.DATASET.story_days` WHERE snapshot = (SELECT MAX(snapshot) FROM `PROJECT.DATASET.link_snapshots`)) d JOIN `PROJECT.DATASET.current_articles` c ON c.article_id = d.article_id;

CREATE OR REPLACE VIEW `PROJECT.DATASET.who_said_first` AS
SELECT m.story_id, e.content_key, e.event_id, e.article_id, e.origin, e.publisher, e.actor, e.lemma, e.published,
    ROW_NUMBER() OVER (
        PARTITION BY m.story_id, e.content_key
        ORDER BY CASE WHEN e.order_at = '' THEN 1 ELSE 0 END, e.order_at, e.article_id, e.event_id
    ) AS place,
    COUNT(*) OVER (PARTITION BY m.story_id, e.content_key) AS tellers
FROM (SELECT * FROM `PROJECT.DATASET.story_members` WHERE snapshot = (SELECT MAX(snapshot) FROM `PROJECT.DATASET.link_snapshots`)) m JOIN `PROJECT.DATASET.current_events` e ON e.article_id = m.article_id
WHERE e.content_key IS NOT NULL;
