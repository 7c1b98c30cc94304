CREATE TABLE everything (
  i1 tinyint, yes boolean, i2 smallint, i3 mediumint, i4 int, i8 bigint unsigned NOT NULL PRIMARY KEY, n decimal(10, 2), n38 decimal(38, 10),
  f4 float, f8 double, bits bit(3), y year, d date, t time(6), dt datetime(6), ts timestamp(6) NULL, j json, m enum('printed', 'date', 'int'),
  s set('int', 'date', 'a'), c char(3), v varchar(10) NOT NULL, tx longtext, folded varchar(10) COLLATE utf8mb4_bin, latin varchar(10) CHARACTER SET latin1,
  bin varbinary(10), raw blob, place point, checked longtext CHECK (json_valid(checked) AND checked <> '5')
);
INSERT INTO everything VALUES (
  -128, 2, 1, 8388607, 2, 9223372036854775807, 1.10, 12345678901234567890.1234567891, 0.1, 1e300, b'101', 2024,
  '2024-02-29', '-838:59:58.5', '2024-01-01 10:00:00.5', '2024-01-01 10:00:00', '{"a": 1.10, "b": [1]}', 'int', 'a,int',
  'ab', 'Zoë', 'long', 'É', 'é', x'00ff', x'deadbeef', POINT(1, 2), '{}'
);
INSERT INTO everything (i8, v, j, t) VALUES (1, '', '"it''s"', '12:30:00');
CREATE TABLE ordered (b int, a int, v text, PRIMARY KEY (a, b));
CREATE TABLE unique_only (x int UNIQUE, y int NOT NULL, z int NOT NULL, UNIQUE (z, y));
CREATE TABLE keyless (a int, b text, j json, place point);
INSERT INTO keyless VALUES (2, 'b', '{}', POINT(1, 1)), (1, 'a', '[]', POINT(1, 2)), (3, NULL, NULL, NULL), (1, 'a', '[]', POINT(1, 2));
CREATE TABLE words (w varchar(10));
INSERT INTO words VALUES ('a'), ('A'), ('a'), ('A'), ('á');
CREATE VIEW names AS SELECT i8, v FROM everything;
CREATE TABLE `select` (`a b` int PRIMARY KEY, `q"uote` text, `back``tick` text, `100%` text, `%s` text, `%(v)s` text, `new
line` text, `Ünïcode` text, `a'b` text, `{x}` text, `?` text);
INSERT INTO `select` VALUES (1, 'q', 'b', '50%', 's', 'v', 'n', 'ü', 'a', 'x', '?');
CREATE TABLE `x``" ; DROP TABLE keyless; -- 10%` (`id``" ; DROP TABLE keyless; --` int PRIMARY KEY);
INSERT INTO `x``" ; DROP TABLE keyless; -- 10%` VALUES (1);
CREATE TABLE tied (id int PRIMARY KEY, at timestamp NULL);
INSERT INTO tied VALUES (1, '2024-01-01'), (2, '2024-01-01'), (3, '2024-01-01'), (4, NULL), (5, '2024-01-02'), (6, '2024-01-02'),
  (7, '2024-01-03'), (8, '2024-01-03'), (9, '2024-01-03'), (10, NULL);
CREATE TABLE same (id int PRIMARY KEY, at timestamp NULL);
INSERT INTO same WITH digits AS (SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7
  UNION SELECT 8 UNION SELECT 9) SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d, '2024-01-01' FROM digits AS a, digits AS b, digits AS c, digits AS e;
