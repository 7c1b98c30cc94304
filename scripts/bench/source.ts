import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { selectAll } from '../../test/framework/catalog.ts';
import type { Checkout } from '../../test/framework/checkout.ts';
import { Connector } from '../../test/framework/connector.ts';
import { run } from '../../test/framework/process.ts';
import { pythonFor, withPythonPath } from '../../test/framework/python.ts';

const LIMIT = 60 * 60_000;

/** Runs a source as Mage does, counts the records that it writes, and tells seconds, those of the processor, and the most memory in megabytes. */
const MEASURE = `
import json, resource, subprocess, sys, time
start = time.monotonic()
process = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
records = sum(b'"type": "RECORD"' in line for line in process.stdout)
code = process.wait()
seconds = time.monotonic() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, records, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
`;

/** A run of a source of a checkout, of which is known how many records it reads. */
export interface SourceRun {
  readonly checkout: Checkout;
  /** The source's folder. */
  readonly folder: string;
  readonly config: Record<string, unknown>;
  readonly stream: string;
  readonly records: number;
}

export interface Measured {
  readonly seconds: number;
  /** Of the processor's time, which a busy machine hardly changes. */
  readonly processor: number;
  readonly megabytes: number;
}

/** Measures a run. Throws if it fails or reads another number of records. */
export async function measureSource({ checkout, folder, config, stream, records }: SourceRun): Promise<Measured> {
  const catalog = await new Connector({ checkout, folder, config }).catalog([stream]);
  const settings = join(checkout.root, 'settings.json');
  writeFileSync(settings, JSON.stringify({ catalog: selectAll(catalog, {}, [stream]) }));
  const python = await pythonFor(checkout.packages);
  if ('missing' in python) throw new Error(python.missing);
  const source = [join(folder, '__init__.py'), '--config_json', JSON.stringify(config), '--log_to_stdout', '1'];
  const env = withPythonPath(python.env, [checkout.singer, join(checkout.root, 'mage_integrations')]);
  const args = ['-c', MEASURE, ...source, '--settings', settings, '--query_json', '{}'];
  const finished = await run(python.command, args, { env, cwd: checkout.root, timeLimit: LIMIT });
  const [code, count, seconds, processor, megabytes] = JSON.parse(finished.stdout) as number[];
  if (code !== 0 || count !== records)
    throw new Error(`${basename(folder)}: exit code ${code}, ${count} of ${records} records`);
  return { seconds, processor, megabytes } as Measured;
}
