import { spawnSync } from 'node:child_process';
import { type Problem, UserError } from '../base/problems.ts';

/** How long docker may take to say which containers there are, in milliseconds. */
const LIST_LIMIT = 10_000;

/** What one of docker's commands printed, and how it ended. */
export interface Docked {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of docker's commands to its end. Throws a UserError where there is no docker. */
export function docker(args: readonly string[], input = ''): Docked {
  const { status, stdout, stderr, error } = spawnSync('docker', args, { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (error && 'code' in error && error.code === 'ENOENT')
    throw new UserError({ where: '--container', message: 'there is no docker in the PATH' });
  if (error) throw error;
  return { code: status, stdout, stderr };
}

/** A running container. */
interface Running {
  readonly name: string;
  readonly image: string;
  readonly command: string;
}

/** The containers that run, as far as docker is there and says so. */
function running(): Running[] {
  const args = ['ps', '--no-trunc', '--format', '{{.Names}}\t{{.Image}}\t{{.Command}}'];
  const { status, stdout } = spawnSync('docker', args, { encoding: 'utf8', timeout: LIST_LIMIT });
  if (status !== 0) return [];
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.split('\t'))
    .map(([name = '', image = '', command = '']) => ({ name, image, command }));
}

/** The running container whose image or command is Mage's. Throws a UserError where there are several. */
export function containerOfMage(): string | undefined {
  const [one, ...others] = running().filter(({ image, command }) => /\bmage/i.test(`${image} ${command}`));
  if (!one || others.length === 0) return one?.name;
  const names = [one, ...others].map(({ name }) => name).join(', ');
  throw new UserError({ where: '--container', message: `Mage runs in several containers: say which of ${names}` });
}

/** What docker complains of, in terms of what to do. */
export function dockerProblem(container: string, { stderr, code }: Docked): Problem {
  const where = '--container';
  const last = stderr.trim().split('\n').at(-1) || `docker ended with code ${code}`;
  if (/permission denied/i.test(stderr))
    return { where, message: 'docker may not be used by this user', hint: `docker says: ${last}` };
  if (/cannot connect|daemon running/i.test(stderr))
    return { where, message: 'Docker isn’t running', hint: 'start it, and the container of Mage' };
  if (/no such container/i.test(stderr)) {
    const names = running().map(({ name }) => name);
    const hint = names.length > 0 ? `running are ${names.join(', ')}` : 'none is running: docker ps shows them';
    return { where, message: `there is no container ${container}`, hint };
  }
  if (/not running/i.test(stderr))
    return { where, message: `the container ${container} isn’t running`, hint: `docker start ${container}` };
  if (/is paused/i.test(stderr))
    return { where, message: `the container ${container} is paused`, hint: `docker unpause ${container}` };
  return { where, message: `docker can’t use the container ${container}: ${last}` };
}
