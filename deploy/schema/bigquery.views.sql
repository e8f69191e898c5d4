CREATE OR REPLACE VIEW `PROJECT.DATASET.current_articles` AS
SELECT * EXCEPT (newest) FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY article_id ORDER BY order_at DESC, IFNULL(fetched_at, '') DESC, revision DESC, pipeline_order DESC, origin) AS newest
  FROM `PROJECT.DATASET.articles`
) WHERE newest = 1;

CREATE OR REPLACE VIEW `PROJECT.DATASET.current_events` AS
SELECT a.article_id, a.revision, a.url, a.title, a.publisher, a.published, a.origin, e.*
FROM `PROJECT.DATASET.current_articles` AS a, UNNEST(a.events) AS e;

CREATE OR REPLACE VIEW `PROJECT.DATASET.withdrawn` AS
SELECT DISTINCT o.article_id, o.revision, c.revision AS current_revision, e.event_id, e.record
FROM `PROJECT.DATASET.articles` AS o
JOIN `PROJECT.DATASET.current_articles` AS c ON c.article_id = o.article_id AND c.revision <> o.revision,
UNNEST(o.events) AS e
WHERE e.event_id NOT IN (SELECT n.event_id FROM UNNEST(c.events) AS n);

CREATE OR REPLACE VIEW `PROJECT.DATASET.current_dead_letters` AS
SELECT * EXCEPT (newest) FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY dead_letter_id ORDER BY version DESC, first_failed_at) AS newest
  FROM `PROJECT.DATASET.dead_letters`
) WHERE newest = 1;
