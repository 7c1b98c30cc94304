CREATE TYPE mood AS ENUM ('a', 'int', 'date');
CREATE TABLE everything (
  i1 TINYINT, i8 BIGINT PRIMARY KEY, h HUGEINT, u UBIGINT, n DECIMAL(38, 10), f4 FLOAT, f8 DOUBLE, b BOOLEAN, d DATE, t TIME, ttz TIMETZ,
  ts TIMESTAMP, seconds TIMESTAMP_S, nano TIMESTAMP_NS, tstz TIMESTAMPTZ, pause INTERVAL, u1 UUID, bin BLOB, bits BIT, j JSON, m mood, v VARCHAR NOT NULL,
  ints INTEGER[], three INTEGER[3], days DATE[], objects STRUCT(a INTEGER)[], nested INTEGER[][], s STRUCT("a b" INTEGER, n DECIMAL(4, 2)),
  mapped MAP(INTEGER, BLOB), either UNION(x INTEGER, y VARCHAR)
);
INSERT INTO everything VALUES (
  -128, 9223372036854775807, 9007199254740991, 9223372036854775807, 12345678901234567890.1234567891, 0.5, 1e300, true,
  '2024-02-29', '23:59:59.123456', '10:00:00+02', '2024-01-01 10:00:00.5', '2024-01-01', '2024-01-01 00:00:00.123456789', '2024-01-01 10:00+02',
  '1 month 2 days 03:04:00', 'b0a7b7b0-1111-2222-3333-444444444444', '\xDE\xAD'::BLOB, '101', '{"a": 1.10, "b": [1]}', 'int', 'Zo\xDE',
  [1, NULL, 3], [1, 2, 3], ['2024-01-01'::DATE], [{'a': 1}], [[1], NULL], {'a b': 1, 'n': 1.10}, MAP {1: '\x00'::BLOB}, 'x'
);
INSERT INTO everything (i8, v, n, f4, f8, j) VALUES (1, '', NULL, '-inf', 'nan', '"it''s"');
CREATE TABLE ordered (b INTEGER, a INTEGER, v VARCHAR, PRIMARY KEY (a, b));
CREATE TABLE unique_only (x INTEGER UNIQUE, y INTEGER NOT NULL, z INTEGER NOT NULL, UNIQUE (z, y));
CREATE TABLE keyless (a INTEGER, j JSON, s STRUCT(a INTEGER));
INSERT INTO keyless VALUES (2, '{}', NULL), (1, '[]', {'a': 1}), (3, NULL, NULL), (1, '[]', {'a': 1});
CREATE VIEW names AS SELECT i8, v FROM everything;
CREATE TABLE "select" ("a b" INTEGER PRIMARY KEY, "q""uote" VARCHAR, "100%" VARCHAR, "%s" VARCHAR, "new
line" VARCHAR, "Ünïcode" VARCHAR, "a'b" VARCHAR, "{x}" VARCHAR, "?" VARCHAR, "$1" BLOB);
INSERT INTO "select" VALUES (1, 'q', '50%', 's', 'n', 'ü', 'a', 'x', '?', '\x01'::BLOB);
CREATE TABLE "x"" ; DROP TABLE keyless; --" ("id"" ; DROP TABLE keyless; --" INTEGER PRIMARY KEY);
INSERT INTO "x"" ; DROP TABLE keyless; --" VALUES (1);
CREATE TABLE tied (id INTEGER PRIMARY KEY, "at" TIMESTAMPTZ);
INSERT INTO tied VALUES (1, '2024-01-01 00:00:00+00'), (2, '2024-01-01 00:00:00+00'), (3, '2024-01-01 00:00:00+00'), (4, NULL), (5, '2024-01-02 00:00:00+00'), (6, '2024-01-02 00:00:00+00'),
  (7, '2024-01-03 00:00:00+00'), (8, '2024-01-03 00:00:00+00'), (9, '2024-01-03 00:00:00+00'), (10, NULL);
CREATE SCHEMA "Other 10%";
CREATE TABLE "Other 10%".elsewhere (id INTEGER PRIMARY KEY);
INSERT INTO "Other 10%".elsewhere VALUES (7);
CREATE TABLE same (id INTEGER PRIMARY KEY, "at" TIMESTAMPTZ);
INSERT INTO same SELECT i, '2024-01-01 00:00:00+00' FROM range(10000) AS numbers (i);
