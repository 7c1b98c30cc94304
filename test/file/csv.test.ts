import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Checkout, workspaceCheckout } from '../framework/checkout.ts';
import { type Connector, sampledRows } from '../framework/connector.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import { answersOf, connectorIn, type Files, folderWith, read, records } from './support.ts';

const COLUMNS = {
  id: 'integer',
  postcode: 'string',
  total: 'number',
  paid: 'boolean',
  lines: { type: 'array', items: { type: 'object' } },
  address: 'object',
  at: 'date-time',
};
const HEADER = 'id,postcode,total,paid,lines,address,at\n';

describe('a generated connector of CSV files', function () {
  this.timeout(120_000);
  needsPython();
  let checkout: Checkout;
  let connector: Connector;
  const over = (files: Files, config: object = {}) => connector.with({ base_path: folderWith(files), ...config });
  before(async () => {
    checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
    connector = await connectorIn(checkout, answersOf('csv', COLUMNS, {}, { key_properties: ['id'] }));
  });

  it('gives every value the type of its column, exactly', async () => {
    const rows = [
      '9007199254740993,01234,12345678901234567.89,TRUE,"[{""sku"": ""A-1"", ""price"": 1.10}]","{""city"": ""Århus""}",2024-01-03T09:12:00.5+02:00',
      '-7,"a ""b"", c",1e400,false,[],{},2024-01-03 09:12Z',
      '0, ,-0.5,True,,,',
    ];
    const outcome = await read(over({ 'a.csv': HEADER + rows.join('\n') }));
    const [first, second, third] = records(outcome);
    assert.match(
      outcome.stdout,
      /"id": 9007199254740993, "postcode": "01234", "total": 12345678901234567\.89, "paid": true/,
    );
    assert.match(outcome.stdout, /"total": 1E\+400/);
    assert.deepEqual(first?.lines, [{ sku: 'A-1', price: 1.1 }]);
    assert.deepEqual([first?.address, first?.at], [{ city: 'Århus' }, '2024-01-03T09:12:00.5+02:00']);
    assert.deepEqual(
      [second?.id, second?.postcode, second?.paid, second?.at],
      [-7, 'a "b", c', false, '2024-01-03T09:12:00+00:00'],
    );
    assert.deepEqual(third, { id: 0, postcode: ' ', total: -0.5, paid: true, lines: null, address: null, at: null });
  });

  it('reads quoted line breaks, CRLF, a byte order mark, empty lines and columns in any order', async () => {
    const file = '\uFEFFpostcode,extra,id\r\n"two\r\nlines",x,1\r\n\r\n,,2\r\n';
    const nothing = { total: null, paid: null, lines: null, address: null, at: null };
    assert.deepEqual(records(await read(over({ 'a.csv': file }))), [
      { id: 1, postcode: 'two\r\nlines', ...nothing },
      { id: 2, postcode: null, ...nothing },
    ]);
  });

  it('reads all files of a stream in the order of their names, also those without rows', async () => {
    const files = { 'b.csv': `${HEADER}2,,,,,,\n`, 'a.csv': `${HEADER}1,,,,,,\n`, 'c.csv': HEADER, 'd.csv': 'id\n4' };
    assert.deepEqual(
      records(await read(over(files))).map(({ id }) => id),
      [1, 2, 4],
    );
    assert.deepEqual(records(await read(over({ 'a.csv': HEADER }))), []);
  });

  it('reads in batches, and a sample no further than the first', async () => {
    const rows = Array.from({ length: 2500 }, (_, index) => `${index},,,,,,\n`);
    const files = { 'a.csv': HEADER + rows.join(''), 'b.csv': `${HEADER}no number,,,,,,\n` };
    const sample = await over(files).sample(['rows']);
    assert.equal(sample.exitCode, 0, sample.error);
    assert.equal(sampledRows(sample).rows?.length, 1000);
    assert.equal(records(await read(over({ 'a.csv': files['a.csv'] }))).length, 2500);
    assert.deepEqual(sampledRows(await over({ 'a.csv': HEADER }).sample(['rows'])), { rows: [] });
  });

  it('ends with an error that names the file, the line and the column', async () => {
    const faults: Record<string, [file: string | Buffer, error: RegExp]> = {
      'no integer': [
        `${HEADER}1,,,,,,\n"2",,,,,,\nx3,,,,,,\n`,
        /a\.csv, line 4: column id: 'x3' is not of type integer$/,
      ],
      'a fraction': [`${HEADER}1.0,,,,,,\n`, /line 2: column id: '1\.0' is not of type integer$/],
      'leading zeros': [`${HEADER}007,,,,,,\n`, /column id: '007' is not of type integer$/],
      'digits with underscores': [`${HEADER}1_0,,,,,,\n`, /column id: '1_0'/],
      'no number': [`${HEADER}1,,NaN,,,,\n`, /column total: 'NaN' is not of type number$/],
      'a number for a boolean': [`${HEADER}1,,,1,,,\n`, /column paid: '1' is not of type boolean$/],
      'a boolean for a number': [`${HEADER}1,,true,,,,\n`, /column total: 'true' is not of type number$/],
      'no JSON': [`${HEADER}1,,,,{a},,\n`, /column lines: '\{a\}' is not of type array$/],
      'another kind of JSON': [`${HEADER}1,,,,{},,\n`, /column lines: '\{\}' is not of type array$/],
      'no date-time': [`${HEADER}1,,,,,,soon\n`, /column at: 'soon' is not of type date-time$/],
      'too many fields': [`${HEADER}1,,,,,,,\n`, /line 2: 8 fields where the header has 7$/],
      'too few fields': [`${HEADER}1,,\n`, /line 2: 3 fields where the header has 7$/],
      'a quote that is never closed': [`${HEADER}1,"a,,,,,\n2,,,,,,\n`, /line 3: unexpected end of data$/],
      'another delimiter': [
        'id;postcode\n1;2\n',
        /line 1: the header \['id;postcode'\] does not fit the columns \['id', /,
      ],
      'no key': ['postcode,paid\n1,true\n', /the header \['postcode', 'paid'\] does not fit/],
      'a column twice': ['id,paid,paid\n1,true,false\n', /does not fit/],
      'nothing at all': ['', /the header \[\] does not fit/],
      'another encoding': [Buffer.from(`${HEADER}1,\xfc,,,,,\n`, 'latin1'), /a\.csv is not in utf-8-sig: .* 0xfc/],
    };
    const catalog = await connector.catalog();
    const metadata = catalog.streams.map(stream => ({
      ...stream,
      metadata: stream.metadata.map(entry => ({ ...entry, metadata: { ...entry.metadata, selected: true } })),
    }));
    for (const [fault, [file, error]] of Object.entries(faults)) {
      const outcome = await over({ 'a.csv': file }).run({ catalog: { streams: metadata } });
      assert.equal(outcome.exitCode, 1, fault);
      assert.match(outcome.error ?? '', error, fault);
    }
  });

  it('takes the delimiter and the encoding from the answers, and from the configuration', async () => {
    const answers = answersOf(
      'csv',
      { id: 'integer', name: 'string' },
      { name: 'Other CSV', delimiter: '\t', encoding: 'cp1252' },
    );
    const other = await connectorIn(checkout, answers);
    const [tabs, bars] = ['id\tname\n1\tJürgen €\n', 'id|name\n1|Jürgen €\n'];
    const windows = Buffer.from(tabs.replace('€', '\x80'), 'latin1');
    const expected = [{ id: 1, name: 'Jürgen €' }];
    assert.deepEqual(records(await read(other.with({ base_path: folderWith({ 'a.csv': windows }) }))), expected);
    const config = {
      base_path: folderWith({ 'a.csv': Buffer.from(bars, 'utf16le') }),
      delimiter: '|',
      encoding: 'utf-16-le',
    };
    assert.deepEqual(records(await read(other.with(config))), expected);
    const unset = { base_path: folderWith({ 'a.csv': windows }), delimiter: null, encoding: null };
    assert.deepEqual(records(await read(other.with(unset))), expected);
  });
});
