CREATE TABLE everything (
  id INTEGER PRIMARY KEY, small SMALLINT, big UNSIGNED BIG INT, amount DECIMAL(10,2), ratio REAL, paid BOOLEAN,
  name NVARCHAR(160) NOT NULL, born DATE, seen DATETIME, picture BLOB, whatever, place POINT, pause INTERVAL, kind PRINTED
);
INSERT INTO everything VALUES
  (1, 2, 9223372036854775807, 1.5, 9e999, 1, 'Zoë', '2024-02-29', '2024-01-01 10:00:00', x'deadbeef', 5, '(1,2)', '1 day', 'x'),
  (2, NULL, NULL, NULL, NULL, 0, '', NULL, NULL, NULL, 't', NULL, NULL, NULL);
CREATE TABLE ordered (b INT NOT NULL, a INT NOT NULL, v TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE unique_only (x INT UNIQUE, y INT NOT NULL, z INT NOT NULL, g INT GENERATED ALWAYS AS (y + 1), UNIQUE (z, y));
CREATE TABLE partly_unique (x INT NOT NULL, y INT NOT NULL);
CREATE UNIQUE INDEX some_rows ON partly_unique (x) WHERE y > 1;
CREATE UNIQUE INDEX an_expression ON partly_unique (abs(x));
CREATE TABLE keyless (a INT, b TEXT);
INSERT INTO keyless VALUES (2, 'b'), (1, 'a'), (3, 'c'), (1, 'a');
CREATE VIEW names AS SELECT id, name, count(*) AS n FROM everything GROUP BY id;
CREATE TABLE "select" ("a b" INT PRIMARY KEY, "q""uote" TEXT, "back`tick" TEXT, "100%" TEXT, "%s" TEXT, "new
line" TEXT, "Ünïcode" TEXT, "a'b" TEXT, "{x}" TEXT, "?" TEXT);
INSERT INTO "select" VALUES (1, 'q', 'b', '50%', 's', 'n', 'ü', 'a', 'x', '?');
CREATE TABLE "x""` ; DROP TABLE keyless; --" ("id""` ; DROP TABLE keyless; --" INT PRIMARY KEY);
INSERT INTO "x""` ; DROP TABLE keyless; --" VALUES (1);
CREATE TABLE tied (id INTEGER PRIMARY KEY, at TEXT);
INSERT INTO tied VALUES (1, '2024-01-01'), (2, '2024-01-01'), (3, '2024-01-01'), (4, NULL), (5, '2024-01-02'), (6, '2024-01-02'),
  (7, '2024-01-03'), (8, '2024-01-03'), (9, '2024-01-03'), (10, NULL);
CREATE TABLE same (id INTEGER PRIMARY KEY, at TEXT);
INSERT INTO same WITH RECURSIVE numbers (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM numbers WHERE i < 10000) SELECT i, '2024-01-01' FROM numbers;
