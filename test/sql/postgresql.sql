CREATE TYPE mood AS ENUM ('printed', 'date', 'int');
CREATE DOMAIN positive AS integer NOT NULL CHECK (VALUE > 0);
CREATE DOMAIN labels AS text[];
CREATE TABLE everything (
  i2 smallint, i4 integer, i8 bigint PRIMARY KEY, checked positive, n numeric, n38 numeric(38, 10), f4 real, f8 double precision,
  b boolean, d date, t time, ttz timetz, ts timestamp, tstz timestamptz, pause interval, j json, jb jsonb, m mood, u uuid, bin bytea,
  c char(3), v varchar(10) NOT NULL, ip inet, place point, r int4range, x xml, price money, bits bit(3),
  ints int[], texts text[], moments timestamptz[], numbers numeric[], ids uuid[], moods mood[], objects jsonb[], named labels
);
INSERT INTO everything VALUES (
  1, 2, 9223372036854775807, 4, 1.10, 12345678901234567890.1234567891, 0.1, 1e300,
  true, '2024-02-29', '23:59:59.123456', '10:00+02', '2024-01-01 10:00:00.5', '2024-01-01 10:00+02', '1 mon 2 days 03:04',
  '{"a": 1.10, "b": [1]}', '[1, 2.50]', 'int', 'b0a7b7b0-1111-2222-3333-444444444444', '\xdeadbeef',
  'ab', 'Zoë', '10.0.0.1', '(1,2)', '[1,5)', '<a/>', '1.50', '101',
  '{1,NULL,3}', '{"a,b",NULL,"it''s"}', '{2024-01-01 10:00+00}', '{1.10}', '{b0a7b7b0-1111-2222-3333-444444444444}', '{date,int}',
  '{"{\"a\": 1}"}', '{x}'
);
INSERT INTO everything (i8, checked, v, n, f4, f8, d, t, j, jb) VALUES (1, 1, '', 'NaN', '-Infinity', 'NaN', 'infinity', '24:00', '"it''s"', '5');
CREATE TABLE ordered (b int, a int, v text, PRIMARY KEY (a, b));
CREATE TABLE unique_only (x int UNIQUE, y int NOT NULL, z int NOT NULL, UNIQUE (z, y));
CREATE TABLE keyless (a int, j json, x xml, place point);
INSERT INTO keyless VALUES (2, '{}', '<a/>', '(1,1)'), (1, '[]', '<b/>', '(1,2)'), (3, NULL, NULL, NULL), (1, '[]', '<b/>', '(1,2)');
CREATE VIEW names AS SELECT i8, v FROM everything;
CREATE MATERIALIZED VIEW stored AS SELECT i8, d FROM everything;
CREATE TABLE parts (id int, at date) PARTITION BY RANGE (id);
CREATE TABLE part1 PARTITION OF parts FOR VALUES FROM (0) TO (100);
INSERT INTO parts VALUES (1, '2024-01-01');
CREATE TABLE "select" ("a b" int PRIMARY KEY, "q""uote" text, "100%" text, "%s" text, "%(v)s" text, "new
line" text, "Ünïcode" text, "a'b" text, "{x}" text);
INSERT INTO "select" VALUES (1, 'q', '50%', 's', 'v', 'n', 'ü', 'a', 'x');
CREATE TABLE "x"" ; DROP TABLE keyless; -- 10%" ("id"" ; DROP TABLE keyless; --" int PRIMARY KEY);
INSERT INTO "x"" ; DROP TABLE keyless; -- 10%" VALUES (1);
CREATE TABLE tied (id int PRIMARY KEY, at timestamptz);
INSERT INTO tied VALUES (1, '2024-01-01Z'), (2, '2024-01-01Z'), (3, '2024-01-01Z'), (4, NULL), (5, '2024-01-02Z'), (6, '2024-01-02Z'),
  (7, '2024-01-03Z'), (8, '2024-01-03Z'), (9, '2024-01-03Z'), (10, NULL);
CREATE SCHEMA "Other 10%";
CREATE TABLE "Other 10%".elsewhere (id int PRIMARY KEY);
INSERT INTO "Other 10%".elsewhere VALUES (7);
CREATE TABLE same (id int PRIMARY KEY, at timestamptz);
INSERT INTO same SELECT i, '2024-01-01Z' FROM generate_series(1, 10000) AS i;
