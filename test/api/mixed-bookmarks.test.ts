import assert from 'node:assert/strict';
import { needsPython } from '../framework/needs.ts';
import { unittest } from '../framework/unittest.ts';
import { connectorOf } from './support.ts';

const STREAM = { key_properties: ['id'], schema: { properties: { id: 'integer', at: 'date-time' } } };
const FILTER = { bookmark_param: 'since' };

describe('moments and counters in one connector', function () {
  this.timeout(60_000);
  needsPython();

  for (const moments of [FILTER, { ...FILTER, bookmark_format: 'epoch_seconds' }, {}])
    for (const counters of [FILTER, {}])
      it(`pass its own tests: ${JSON.stringify({ moments, counters })}`, async () => {
        const { checkout, generated } = await connectorOf({
          streams: [
            { ...STREAM, name: 'changes', path: '/changes', replication_key: 'at', ...moments },
            {
              ...STREAM,
              name: 'events',
              path: '/events',
              replication_key: 'id',
              bookmark_format: 'integer',
              ...counters,
            },
          ],
        });
        const uuid = generated.folder.split('/').at(-1);
        const { passed, report } = await unittest(checkout, [`mage_integrations.tests.sources.${uuid}.test_${uuid}`]);
        assert.ok(passed, report);
      });
});
