import { join, relative } from 'node:path';
import type { Checkout } from '../../test/framework/checkout.ts';
import { run } from '../../test/framework/process.ts';
import type { Scene } from './scenes.ts';
import { say, sayCommand, style } from './terminal.ts';

/** Where the demo takes place; all are absolute. */
export interface Stage {
  readonly checkout: Checkout;
  /** The folder that the connectors are written into. */
  readonly folder: string;
  readonly command: string;
  readonly examples: string;
}

/** Writes the scene's connector by the built command, run as a user would. */
export async function write(
  scene: Scene,
  { folder, command, examples }: Stage,
): Promise<{ name: string; folder: string }> {
  const here = (path: string) => relative(folder, path);
  const args = [here(command), '--answers', here(join(examples, scene.answers)), '--layout', 'standalone', '--json'];
  sayCommand(['node', ...args].join(' '));
  const finished = await run(process.execPath, args, { cwd: folder });
  if (finished.exitCode !== 0) throw new Error(finished.stderr.trim());
  const { connector, files } = JSON.parse(finished.stdout);
  say(`${style('bold', connector.name)} is written: ${files.length} files in ${connector.folder}`);
  return { name: connector.name, folder: join(folder, connector.folder) };
}
