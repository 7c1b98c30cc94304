CREATE TABLE everything (
  id UInt64, i1 Int8, h Int256, n Decimal(38, 10), f4 Float32, f8 Float64, b Bool, d Date, d32 Date32, dt DateTime('Europe/Berlin'), dt64 Nullable(DateTime64(9)),
  v String, fixed FixedString(3), low LowCardinality(Nullable(String)), e Enum8('int' = 1, 'date' = 2), u UUID, ip IPv4, ints Array(Nullable(Int32)),
  days Array(Date), nested Array(Array(Int32)), m Map(String, UInt64), t Tuple(a Int32, b String), pairs Nested(k String, v Int32), place Point, raw String,
  summed SimpleAggregateFunction(sum, UInt64), state AggregateFunction(uniq, UInt64)
) ENGINE = MergeTree ORDER BY id;
INSERT INTO everything (* EXCEPT state) VALUES (
  9223372036854775807, -128, -9223372036854775808, 12345678901234567890.1234567891, 0.5, nan, true,
  '2024-02-29', '1950-01-01', '2024-01-01 10:00:00', '2024-01-01 10:00:00.123456789', 'Zoë \\ it''s', 'ab', NULL, 'date',
  'b0a7b7b0-1111-2222-3333-444444444444', '10.0.0.1', [1, NULL], ['2024-01-01'], [[1], [2]], {'k': 18446744073709551615}, (1, 'x'), ['a'], [1], (1, 2), unhex('FF00'), 5
);
CREATE TABLE tied (id Int32, at Nullable(DateTime64(3))) ENGINE = MergeTree ORDER BY id;
INSERT INTO tied VALUES (1, '2024-01-01'), (2, '2024-01-01'), (3, '2024-01-01'), (4, NULL), (5, '2024-01-02'), (6, '2024-01-02'), (7, '2024-01-03'), (8, '2024-01-03'), (9, '2024-01-03'), (10, NULL);
CREATE TABLE same (id Int32, at DateTime) ENGINE = MergeTree ORDER BY id;
INSERT INTO same SELECT number, '2024-01-01' FROM numbers(10000);
CREATE TABLE keyless (a Int32, m Map(String, Int32)) ENGINE = MergeTree ORDER BY tuple();
INSERT INTO keyless VALUES (2, {}), (1, {'a': 1}), (3, {}), (1, {'a': 1});
CREATE TABLE unique_only (x Int32, y Int32) ENGINE = MergeTree ORDER BY x;
CREATE VIEW names AS SELECT id, v FROM everything;
CREATE TABLE `x"`` ; DROP TABLE keyless; --` (`id" ; DROP TABLE keyless; --` Int32, `100%` String, `%s` String, `new
line` String, `Ünïcode` String, `a'b` String, `{x}` String, `?` String, `back\\slash` String, `select` String) ENGINE = MergeTree ORDER BY tuple();
INSERT INTO `x"`` ; DROP TABLE keyless; --` VALUES (1, '50%', 's', 'n', 'ü', 'a', 'x', '?', '\\', 's');
