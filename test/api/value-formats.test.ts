import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { unittest } from '../framework/unittest.ts';
import { temporaryFolder } from '../support/generate.ts';
import { connectorOf, ids, lastState, type Session, session } from './support.ts';

const KEY = { replication_key: 'at' };

/** The schema of records with such values. */
function sampleOf(values: readonly unknown[]): object {
  const sample = join(temporaryFolder(), 'sample.json');
  writeFileSync(sample, JSON.stringify(rows(values)));
  return { sample };
}

function rows(values: readonly unknown[]) {
  return values.map((at, index) => ({ id: index + 1, at }));
}

describe('the form of moments', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session | undefined;
  afterEach(async () => {
    await opened?.api.close();
    opened = undefined;
  });

  const serving = async (sample: readonly unknown[], values: readonly unknown[] = sample, stream: object = {}) => {
    opened = await session({}, { ...KEY, schema: sampleOf(sample), ...stream }, { records: rows(values) });
    return opened;
  };
  const refusal = async (values: readonly unknown[]) => {
    const schema = sampleOf(values);
    const streams = [{ name: 'items', path: '/items', key_properties: ['id'], ...KEY, schema }];
    return connectorOf({ streams }).then(
      () => 'nothing was refused',
      error => String(error),
    );
  };

  const forms: readonly [string, readonly string[], string][] = [
    ['the day first', ['13/01/2024', '12/01/2024', '01/02/2024'], '2024-02-01T00:00:00+00:00'],
    ['of mails', ['Sat, 13 Jan 2024 10:00:00 GMT', 'Fri, 12 Jan 2024 10:00:00 GMT'], '2024-01-13T10:00:00+00:00'],
    ['milliseconds as text', ['1710072000500', '1710072000400'], '2024-03-10T12:00:00.500000+00:00'],
    ["Slack's", ['1700000000.123456', '1700000000.000001'], '2023-11-14T22:13:20.123456+00:00'],
  ];
  for (const [what, values, greatest] of forms)
    it(`is found in the sample: ${what}`, async () => {
      const { run, generated } = await serving(values);
      const first = await run();
      assert.equal(lastState(first)?.bookmarks?.items?.at, greatest, first.error);
      const next = await run({ state: lastState(first) });
      assert.equal(ids(next).length, 1, next.error);
      assert.deepEqual(await flake8(generated.folder), []);
    });

  it('is refused where the sample leaves it open, or has none that is known', async () => {
    assert.match(
      await refusal(['12/01/2024', '01/02/2024']),
      /value_format.*is needed, since at may be %d\/%m\/%Y or %m\/%d\/%Y/,
    );
    for (const values of [['Fri, 12 Jan 2024 10:00:00 CET'], ['13/01/2024', '01/13/2024'], ['soon']])
      assert.match(await refusal(values), /value_format.*is needed, since at has moments of no form that is known/);
  });

  it('may be given, and not as the name of a zone', async () => {
    const values = ['12/01/2024', '01/02/2024'];
    const { run } = await serving(values, values, { value_format: '%d/%m/%Y' });
    const outcome = await run();
    assert.equal(lastState(outcome)?.bookmarks?.items?.at, '2024-02-01T00:00:00+00:00', outcome.error);
    await assert.rejects(serving(values, values, { value_format: '%d %Z' }), /cannot tell zones by their names/);
  });

  it('is told with stream, column and value where one is of another', async () => {
    const { run } = await serving(['13/01/2024'], ['13/01/2024', '01/13/2024']);
    const { exitCode, error } = await run();
    assert.equal(exitCode, 1);
    assert.match(String(error), /items: at is '01\/13\/2024', not of the value_format %d\/%m\/%Y/);
    await opened?.api.close();
    const plain = await serving(['2024-01-13'], ['2024-01-13', '2024-01-13 10:00 CET']);
    const outcome = await plain.run();
    assert.match(
      String(outcome.error),
      /items: at, without a value_format, is '2024-01-13 10:00 CET', neither ISO 8601/,
    );
  });

  it('of a state or a start that cannot be read is told with its place', async () => {
    const { run } = await serving(['2024-01-13']);
    const { error } = await run({ state: { bookmarks: { items: { at: '2024-13-01' } } } });
    assert.match(String(error), /the bookmark of items in the state is '2024-13-01', neither ISO 8601/);
    const started = await run({ config: { start_date: 'soon' } });
    assert.match(String(started.error), /start_date is 'soon', neither ISO 8601/);
  });

  for (const others of [
    [],
    [
      {
        name: 'events',
        path: '/events',
        key_properties: ['id'],
        schema: { properties: { id: 'integer' } },
        replication_key: 'id',
        bookmark_format: 'integer',
      },
    ],
  ])
    it(`is that of the connector's own tests, beside ${others.length} counters`, async () => {
      const stream = { path: '/items', key_properties: ['id'], ...KEY };
      const { checkout, generated } = await connectorOf({
        streams: [
          { ...stream, name: 'items', schema: sampleOf(['13/01/2024']) },
          {
            ...stream,
            name: 'dated',
            schema: sampleOf(['2024-01-13']),
            bookmark_param: 'since',
            bookmark_format: 'date',
          },
          {
            ...stream,
            name: 'numbered',
            schema: { properties: { id: 'integer', at: 'integer' } },
            value_format: 'epoch_ms',
          },
          ...others,
        ],
      });
      const uuid = generated.folder.split('/').at(-1);
      const { passed, report } = await unittest(checkout, [`mage_integrations.tests.sources.${uuid}.test_${uuid}`]);
      assert.ok(passed, report);
      assert.deepEqual(await flake8(generated.folder), []);
    });
});
