/** The types that JSON Schema knows. */
export const JSON_TYPES = ['null', 'string', 'integer', 'number', 'boolean', 'object', 'array'] as const;
export type JsonType = (typeof JSON_TYPES)[number];

/** What a JSON Schema says of a value, in so far as the dialect can use it. No types: it says nothing about them. */
export interface Facts {
  readonly types: ReadonlySet<JsonType>;
  readonly dateTime: boolean;
  readonly properties: ReadonlyMap<string, Facts>;
  readonly items?: Facts;
  /** Several alternatives became one. */
  readonly merged: boolean;
}

export const NOTHING_KNOWN: Facts = { types: new Set(), dateTime: false, properties: new Map(), merged: false };

/** What holds where both hold (allOf). If they contradict each other, either may hold. */
export function both(a: Facts, b: Facts): Facts {
  const common = new Set(
    [...a.types].filter(type => b.types.has(type) || (type === 'integer' && b.types.has('number'))),
  );
  for (const type of b.types) if (type === 'integer' && a.types.has('number')) common.add(type);
  const contradict = ![...common].some(type => type !== 'null');
  return {
    ...combine(a, b, both),
    types: contradict ? new Set([...a.types, ...b.types]) : common,
    dateTime: a.dateTime || b.dateTime,
  };
}

/** What holds where one of two holds (anyOf, oneOf, the items of a tuple). */
export function either(a: Facts, b: Facts): Facts {
  const dateTime =
    [a, b].every(({ types, dateTime }) => dateTime || !types.has('string')) && (a.dateTime || b.dateTime);
  const merged = a.merged || b.merged || [a, b].every(({ types }) => [...types].some(type => type !== 'null'));
  return { ...combine(a, b, either), types: new Set([...a.types, ...b.types]), dateTime, merged };
}

function combine(
  a: Facts,
  b: Facts,
  merge: (a: Facts, b: Facts) => Facts,
): Pick<Facts, 'properties' | 'items' | 'merged'> {
  const properties = new Map(a.properties);
  for (const [name, facts] of b.properties) {
    const known = properties.get(name);
    properties.set(name, known ? merge(known, facts) : facts);
  }
  const items = a.items && b.items ? merge(a.items, b.items) : (a.items ?? b.items);
  return { properties, items, merged: a.merged || b.merged };
}
