/** The levels of each factor of a test, by name. */
export type Factors = Readonly<Record<string, readonly unknown[]>>;

/** One level of each factor, by its index; while a row is made, of some. */
export type Row = Readonly<Record<string, number>>;

/**
 * Rows in which every two levels of two factors meet at least once, as far as `possible` lets them: greedy, and the same
 * each time. `possible` is asked of rows that lack factors, too, and says false for none that could be completed.
 */
export function pairwise(factors: Factors, possible: (row: Row) => boolean): Row[] {
  const names = Object.keys(factors);
  const open = new Set(pairsOf(names, factors));
  const rows: Row[] = [];
  for (const pair of [...open]) {
    if (!open.has(pair)) continue;
    const given = JSON.parse(pair) as Row;
    const row = possible(given) ? completed(given, names, factors, open, possible) : undefined;
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
  const known = names.filter(name => name in row);
  return known.flatMap((first, index) =>
    known.slice(index + 1).map(second => JSON.stringify({ [first]: row[first], [second]: row[second] })),
  );
}

/** Fills up a row, one factor after the other, with the level that meets the most pairs that are still open. */
function completed(
  row: Row,
  names: readonly string[],
  factors: Factors,
  open: ReadonlySet<string>,
  possible: (row: Row) => boolean,
): Row | undefined {
  const name = names.find(each => !(each in row));
  if (name === undefined) return row;
  const gain = (candidate: Row) => metBy(candidate, names).filter(met => open.has(met)).length;
  const candidates = [...(factors[name] ?? []).keys()]
    .map(level => ({ ...row, [name]: level }))
    .filter(possible)
    .map(candidate => ({ candidate, gain: gain(candidate) }))
    .sort((one, other) => other.gain - one.gain);
  for (const { candidate } of candidates) {
    const found = completed(candidate, names, factors, open, possible);
    if (found) return found;
  }
  return undefined;
}
