import { delimiter } from 'node:path';
import type { FrameworkOptions } from '../../src/verify/framework.ts';
import { type Framework, frameworkFor } from '../../src/verify/framework.ts';
import { verifyReport } from '../../src/verify/report.ts';
import type { Verified, VerifyJob } from '../../src/verify/verified.ts';
import { verifyConnector } from '../../src/verify/verify.ts';
import type { Checkout } from '../framework/checkout.ts';
import { pythonFor } from '../framework/python.ts';

/** A Python with the packages that a framework needs. */
export interface PackagedPython {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The Python with what the framework of a checkout needs. Throws where there is none, which needsPython() says before. */
export async function packagedPython({ packages }: Checkout): Promise<PackagedPython> {
  const found = await pythonFor(packages);
  if ('missing' in found) throw new Error(found.missing);
  return found;
}

/** Verifies a connector under the framework of a checkout; gives what was found, and the report's text. */
export async function verifyUnder(
  { root, singer }: Checkout,
  python: PackagedPython,
  folder: string,
  job: Partial<VerifyJob> = {},
): Promise<[Verified, string]> {
  const options: FrameworkOptions = { mage: root, singer, python: python.command, cwd: folder };
  const { env, ...framework } = frameworkFor(folder, options);
  const path = [python.env.PYTHONPATH, env.PYTHONPATH].filter(Boolean).join(delimiter);
  const withPackages: Framework = { ...framework, env: { ...python.env, PYTHONPATH: path } };
  const verified = await verifyConnector({
    folder,
    framework: withPackages,
    config: undefined,
    configText: '{}',
    streams: undefined,
    limit: undefined,
    isSql: false,
    show: () => undefined,
    ...job,
  });
  return [verified, verifyReport(verified, { folder, framework: withPackages, limit: job.limit }).text];
}
