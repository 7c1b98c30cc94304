import assert from 'node:assert/strict';
import { plan } from '../support/generate.ts';

/** The class of a file connector of that name. */
async function classNamed(name: string): Promise<string> {
  const rows = { name: 'rows', path: '*.csv', schema: { properties: { id: 'integer' } } };
  const { model } = await plan('file', { kind: 'file', name, format: 'csv', streams: [rows] });
  return model.className;
}

describe('the class of a connector', () => {
  for (const name of ['Source', 'Decimal', 'JSONDecoder', 'STREAMS', 'Dict', 'Exception', 'Timeout Error'])
    it(`gets another name than ${name}, which its modules or Python itself have`, async () => {
      assert.equal(await classNamed(name), `${name.replace(' ', '')}Source`);
    });

  for (const name of ['Acme', 'File Source', 'Csv', 'Placeholders', 'Client', 'Thread'])
    it(`may be called ${name}`, async () => {
      assert.equal(await classNamed(name), name.replace(' ', ''));
    });
});
