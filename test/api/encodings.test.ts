import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flake8 } from '../framework/flake8.ts';
import { needsPython } from '../framework/needs.ts';
import { temporaryFolder } from '../support/generate.ts';
import type { Fault } from './strict-server.ts';
import { connectorOf, records, type Session, session } from './support.ts';

describe('the encoding of responses', function () {
  this.timeout(120_000);
  needsPython();
  let opened: Session | undefined;
  afterEach(() => opened?.api.close());

  const answering = async (text: string, encoding: BufferEncoding, type: string, answers: object = {}) => {
    opened = await session({ ...answers }, {});
    const answer: Fault = response =>
      response.writeHead(200, { 'Content-Type': type }).end(Buffer.from(text, encoding));
    opened.api.faults.push(answer);
    const outcome = await opened.run();
    assert.deepEqual(await flake8(opened.generated.folder), []);
    return outcome;
  };
  const ITEM = '[{"id": 1, "name": "café"}]';

  it('is UTF-8 for JSON, whatever the header says', async () => {
    const outcome = await answering(ITEM, 'utf8', 'text/plain; charset=iso-8859-1');
    assert.deepEqual(
      records(outcome).map(({ name }) => name),
      ['café'],
      outcome.error,
    );
  });

  it('may be another, which an answer gives, and is an error where it does not', async () => {
    const refused = await answering(ITEM, 'latin1', 'application/json');
    assert.match(
      String(refused.error),
      /items: .*\/items answered in no utf-8: byte 23 is 0xe9; see the answer encoding/,
    );
    await opened?.api.close();
    const outcome = await answering(ITEM, 'latin1', 'application/json', { encoding: 'latin-1' });
    assert.deepEqual(
      records(outcome).map(({ name }) => name),
      ['café'],
      outcome.error,
    );
    await opened?.api.close();
    const answers = { encoding: 'latin-1', response_format: 'csv' };
    const csv = await answering('id,name\n1,café\n', 'latin1', 'text/csv; charset=utf-8', answers);
    assert.deepEqual(
      records(csv).map(({ name }) => name),
      ['café'],
      csv.error,
    );
  });

  it('of a sample may be UTF-16, and is never guessed', async () => {
    const sample = join(temporaryFolder(), 'sample.json');
    const streams = [{ name: 'items', path: '/items', schema: { sample } }];
    writeFileSync(sample, Buffer.from(`\ufeff[{"größe": 1}]`, 'utf16le'));
    const { generated } = await connectorOf({ streams });
    assert.ok(generated);
    writeFileSync(sample, Buffer.from('[{"größe": 1}]', 'latin1'));
    await assert.rejects(connectorOf({ streams }), /sample\.json: is not UTF-8 text: byte 5 is 0xf6/);
  });
});
