import { join } from 'node:path';
import { type Checkout, workspaceCheckout } from '../../test/framework/checkout.ts';
import { Connector } from '../../test/framework/connector.ts';
import { testFolder, testModule, unittest } from '../../test/framework/unittest.ts';
import { generate, temporaryFolder } from '../../test/support/generate.ts';
import type { Taken } from './read.ts';

/** A connector, and what is wrong with it. */
export interface Tried {
  readonly name: string;
  readonly fault: string | undefined;
}

/** So many of them, as the seed decides. */
export function sampleOf(taken: readonly Taken[], count: number, seed: number): Taken[] {
  let state = seed;
  const next = () => {
    // Park and Miller's generator: it need not be good, but the same everywhere.
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  return taken
    .filter(({ faults }) => faults.length === 0)
    .map(one => ({ one, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ one }) => one);
}

/** Writes each connector, discovers it, and runs its own tests. */
export async function tryConnectors(taken: readonly Taken[]): Promise<Tried[]> {
  const tried: Tried[] = [];
  const checkout = workspaceCheckout(join(temporaryFolder(), 'mage-ai'));
  for (const [index, { name, answers }] of taken.entries()) {
    // Two with one name would be one connector.
    const fault = await faultOf({ ...answers, name: `Description ${index}` }, checkout).catch(error => String(error));
    tried.push({ name, fault });
    process.stdout.write(fault === undefined ? '' : `${name}: ${fault}\n`);
  }
  return tried;
}

async function faultOf(
  { layout, ...answers }: Record<string, unknown>,
  checkout: Checkout,
): Promise<string | undefined> {
  const generated = await generate('api', answers, { cwd: checkout.root });
  const config = Object.fromEntries(generated.model.config.map(key => [key.name, key.default ?? 'x']));
  const catalog = await new Connector({ checkout, folder: generated.folder, config }).catalog();
  const wanted = (answers.streams as { name: string }[]).map(({ name }) => name).sort();
  const found = catalog.streams.map(({ tap_stream_id }) => tap_stream_id).sort();
  if (wanted.join() !== found.join()) return `${found.length} of ${wanted.length} streams are discovered`;
  const tests = await unittest(checkout, [testModule(testFolder(checkout, generated.folder))]);
  return tests.passed ? undefined : `its tests fail: ${tests.report.slice(-1500)}`;
}
