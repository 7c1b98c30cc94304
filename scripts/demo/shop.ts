import { run } from '../../test/framework/process.ts';
import type { Python } from '../../test/framework/python.ts';

const SCRIPT = 'import sqlite3, sys\nsqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())';

const SHOP = `
CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT);
CREATE TABLE orders (
  order_id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers,
  total NUMERIC(10, 2),
  paid BOOLEAN NOT NULL,
  updated_at TIMESTAMP NOT NULL
);
INSERT INTO customers VALUES (1, 'Ada Okafor', 'Dresden'), (2, 'Søren Brandt', 'Aarhus'), (3, 'Chiara Conti', NULL);
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 120)
INSERT INTO orders
SELECT n, 1 + n % 3, n * 7.25, n % 4 > 0, datetime('2024-01-01 09:00:00', '+' || n || ' hours') FROM numbers;
`;

const NEW_ORDERS = `
INSERT INTO orders VALUES
  (121, 2, 64.5, 0, '2024-01-07 10:00:00'),
  (122, 3, 12, 1, '2024-01-07 11:30:00');
UPDATE orders SET paid = 1, updated_at = '2024-01-07 12:00:00' WHERE order_id = 4;
`;

/** Makes a SQLite file of two tables: 3 customers and 120 orders. */
export function makeShop(python: Python, file: string): Promise<void> {
  return execute(python, file, SHOP);
}

/** Two orders come in, and one is paid: what changes between the first run and the second. */
export function addOrders(python: Python, file: string): Promise<void> {
  return execute(python, file, NEW_ORDERS);
}

async function execute(python: Python, file: string, sql: string): Promise<void> {
  if ('missing' in python) throw new Error(python.missing);
  const { exitCode, stderr } = await run(python.command, ['-c', SCRIPT, file], { env: python.env, input: sql });
  if (exitCode !== 0) throw new Error(`Python's sqlite3 failed: ${stderr.trim().split('\n').at(-1)}`);
}
