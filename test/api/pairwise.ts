/** The levels of each factor of a test, by name. */
export type Factors = Readonly<Record<string, readonly unknown[]>>;

/** One level of each factor, by its index. */
type Row = Readonly<Record<string, number>>;

/**
 * Rows in which every two levels of two factors meet at least once, as far as `possible` lets them: greedy, and the same
 * each time.
 */
export function pairwise(factors: Factors, possible: (row: Row) => boolean): Row[] {
  const names = Object.keys(factors);
  const open = new Set(pairsOf(names, factors));
  const rows: Row[] = [];
  for (const pair of [...open]) {
    if (!open.has(pair)) continue;
    const row = completed(pair, names, factors, open, possible);
    // No row can have this pair.
    if (!row) open.delete(pair);
    else {
      for (const met of metBy(row, names)) open.delete(met);
      rows.push(row);
    }
  }
  return rows;
}

function pairsOf(names: readonly string[], factors: Factors): string[] {
  return names.flatMap((first, index) =>
    names
      .slice(index + 1)
      .flatMap(second =>
        (factors[first] ?? []).flatMap((_, i) =>
          (factors[second] ?? []).map((_, j) => JSON.stringify({ [first]: i, [second]: j })),
        ),
      ),
  );
}

function metBy(row: Row, names: readonly string[]): string[] {
  return names.flatMap((first, index) =>
    names.slice(index + 1).map(second => JSON.stringify({ [first]: row[first], [second]: row[second] })),
  );
}

/** Fills up a row with the levels that meet the most pairs that are still open. */
function completed(
  pair: string,
  names: readonly string[],
  factors: Factors,
  open: ReadonlySet<string>,
  possible: (row: Row) => boolean,
): Row | undefined {
  let rows: Row[] = [JSON.parse(pair) as Row];
  for (const name of names) {
    const levels = [...(factors[name] ?? []).keys()];
    rows = rows.flatMap(row => (name in row ? [row] : levels.map(level => ({ ...row, [name]: level }))));
  }
  let best: { readonly row: Row; readonly gain: number } | undefined;
  for (const row of rows.filter(possible)) {
    const gain = metBy(row, names).filter(met => open.has(met)).length;
    if (!best || gain > best.gain) best = { row, gain };
  }
  return best?.row;
}
