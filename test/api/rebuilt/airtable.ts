import type { Reply, Seen } from '../strict-server.ts';
import { checkParams, cut, expectSame, type Rebuilt, Refusal } from './rebuilt.ts';

const TOKEN = 'pat-secret';
const BASE = 'appLkNDICXNqxSDhG';
const MOST = 100;
const OLD = Date.UTC(2024, 1, 1);

const wrong = (type: string, message: string, status = 422): Reply => ({ status, body: { error: { type, message } } });
const unknown = (what: string) => wrong('INVALID_REQUEST_UNKNOWN', `Invalid request: ${what}`);

interface Row {
  readonly id: string;
  readonly modified: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Table {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly { readonly id: string; readonly name: string; readonly type: string }[];
  readonly rows: Row[];
}

/** Airtable: the tables of a base with their fields, pages of 100 records by an offset that says nothing, empty fields left out. */
export function airtable(): Rebuilt {
  const field = (name: string, type: string, index: number) => ({ id: `fld${index}`, name, type });
  const table = (id: string, name: string, fields: Readonly<Record<string, string>>, rows: Row[]): Table => ({
    ...{ id, name, rows },
    fields: Object.entries(fields).map(([each, type], index) => field(each, type, index)),
  });
  const rows = (count: number, make: (number: number) => Row['fields']) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ id: `rec${index + 1}`, modified: OLD + 60_000 * index },
      fields: make(index + 1),
    }));
  const tables: readonly Table[] = [
    table(
      'tblContacts',
      'Contacts',
      { 'Full name': 'singleLineText', Score: 'number', Active: 'checkbox', 'Born on': 'date', ID: 'autoNumber' },
      rows(2 * MOST + 1, number => ({
        'Full name': `"Contact" {${number}}`,
        ID: number,
        ...(number % 2 === 0 && { Score: number / 4, Active: true, 'Born on': '1999-12-31' }),
      })),
    ),
    table(
      'tblTables',
      'Tables',
      { Name: 'singleLineText', Links: 'multipleRecordLinks', Total: 'formula' },
      rows(1, () => ({ Name: 'A table', Links: ['rec1', 'rec2'], Total: { specialValue: 'NaN' } })),
    ),
    table('tblEmpty', '🦄', { Name: 'singleLineText' }, []),
  ];

  const FORMULA =
    /^AND\(IS_AFTER\(LAST_MODIFIED_TIME\(\), DATETIME_PARSE\('(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)'\)\), NOT\(IS_AFTER\(LAST_MODIFIED_TIME\(\), DATETIME_PARSE\('(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)'\)\)\)\)$/;

  const list = (seen: Seen, found: Table): Reply => {
    const rules = { pageSize: /^([1-9]\d?|100)$/, offset: /^itr\w+\/\d+$/, filterByFormula: FORMULA };
    checkParams(seen, rules, [], what =>
      what.startsWith('filterByFormula')
        ? wrong('INVALID_FILTER_BY_FORMULA', `The formula for filtering records is invalid: ${what}`)
        : unknown(what),
    );
    const formula = seen.params.get('filterByFormula') ?? '';
    const [, after = '1970', until = '9999'] = FORMULA.exec(formula) ?? [];
    const wanted = found.rows.filter(({ modified }) => modified > Date.parse(after) && !(modified > Date.parse(until)));
    const iterator = `itr${Buffer.from(`${found.id}${formula}`).toString('hex')}`;
    const [given, start = '0'] = seen.params.get('offset')?.split('/') ?? [iterator];
    expectSame(given, iterator, wrong('LIST_RECORDS_ITERATOR_NOT_AVAILABLE', 'The iterator is not available'));
    const { page, next } = cut(wanted, Number(start), Number(seen.params.get('pageSize') ?? MOST));
    const records = page.map(({ id, fields }) => ({ id, createdTime: '2024-01-31T10:00:00.000Z', fields }));
    return { body: { records, ...(next && { offset: `${iterator}/${next}` }) } };
  };

  return {
    config: { access_token: TOKEN, base: BASE, start_date: '2024-01-01' },
    secret: 'access_token',
    refused: /401.*Invalid authentication token/,
    answer: seen => {
      const refusal = wrong('AUTHENTICATION_REQUIRED', 'Invalid authentication token', 401);
      expectSame(seen.headers.authorization, `Bearer ${TOKEN}`, refusal);
      expectSame(seen.method, 'GET', wrong('NOT_FOUND', 'Not found', 404));
      if (seen.path === `/v0/meta/bases/${BASE}/tables`) {
        checkParams(seen, { include: /^visibleFieldIds$/ }, [], unknown);
        const shown = tables.map(({ rows: _, ...each }) => ({ ...each, primaryFieldId: 'fld0', views: [] }));
        return { body: { tables: shown } };
      }
      const found = tables.find(({ id }) => seen.path === `/v0/${BASE}/${id}`);
      if (!found) throw new Refusal(wrong('NOT_FOUND', `Could not find ${seen.path}`, 404));
      return list(seen, found);
    },
    busy: [
      {
        status: 429,
        body: { errors: [{ error: 'RATE_LIMIT_REACHED', message: 'Rate limit exceeded. Please try again later' }] },
      },
      { status: 503, body: { error: 'SERVICE_UNAVAILABLE' } },
    ],
    fault: {
      reply: wrong(
        'INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND',
        'Invalid permissions, or the requested model was not found',
        403,
      ),
      message: /tables: .*403.*Invalid permissions/s,
    },
    change: () => {
      const now = Math.floor(Date.now() / 1000) * 1000;
      const [contacts, other] = tables as [Table, Table];
      contacts.rows[4] = { ...(contacts.rows[4] as Row), modified: now, fields: { 'Full name': 'Changed', ID: 5 } };
      other.rows.push({ id: 'rec2', modified: now, fields: {} });
    },
    found: { contacts: 'records', tables_10c7c64a: 'records', stream_8a35a7d7: 'records' },
    first: {
      tables: ['tblContacts', 'tblTables', 'tblEmpty'],
      contacts: Array.from({ length: 2 * MOST + 1 }, (_, index) => `rec${index + 1}`),
      tables_10c7c64a: ['rec1'],
      stream_8a35a7d7: [],
    },
    second: {
      tables: ['tblContacts', 'tblTables', 'tblEmpty'],
      contacts: ['rec5'],
      tables_10c7c64a: ['rec2'],
      stream_8a35a7d7: [],
    },
  };
}
