import { Ajv, type ErrorObject } from 'ajv';

/** A value that isn't what its column's schema says. */
export interface Mismatch {
  /** The column, and what is inside of it: `owner.id`. */
  readonly column: string;
  /** What the schema wants: `integer or null`. */
  readonly wanted: string;
  /** What the record has: `text "12 EUR"`. */
  readonly got: string;
}

/** RFC 3339, with what Python's isoformat() and Mage's destinations take besides: a space for the T, no offset. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|z|[+-]\d{2}:?\d{2})?$/;

const MAX_SHOWN = 40;

/** A check of records by the schema of a SCHEMA message. A schema that isn't one checks nothing; discovery tells of it. */
export function recordCheck(schema: object): (record: object) => Mismatch[] {
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, logger: false });
  ajv.addFormat('date-time', isMoment);
  let validate: ReturnType<Ajv['compile']>;
  try {
    validate = ajv.compile(schema);
  } catch {
    return () => [];
  }
  return record => (validate(record) ? [] : (validate.errors ?? []).map(mismatch));
}

function isMoment(text: string): boolean {
  return DATE_TIME.test(text) && !Number.isNaN(Date.parse(text.slice(0, 10)));
}

function mismatch({ instancePath, keyword, params, data, message }: ErrorObject): Mismatch {
  const column = instancePath
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
  const wanted =
    keyword === 'type'
      ? [params.type].flat().join(' or ')
      : keyword === 'format'
        ? String(params.format)
        : String(message);
  return { column, wanted, got: shown(data) };
}

/** A value and its type, for a message. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const text = JSON.stringify(value);
  const cut = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
  if (typeof value === 'string') return `the text ${cut}`;
  return `${Array.isArray(value) ? 'the array' : `the ${typeof value}`} ${cut}`;
}
