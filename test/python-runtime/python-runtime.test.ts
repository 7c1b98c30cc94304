import assert from 'node:assert/strict';
import { needsPython } from '../framework/needs.ts';
import { runRuntimeTests, runtimeTests } from '../framework/runtime.ts';

describe('the Python that connectors are made of', () => {
  needsPython();

  it('passes its own unit tests', async () => {
    const { exitCode, stderr } = await runRuntimeTests(runtimeTests());
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, /^Ran [1-9]\d* tests/m);
  });
});
