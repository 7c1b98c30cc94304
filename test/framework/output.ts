import type { Finished } from './process.ts';
import { checkRecords } from './schema-check.ts';

/** A line that a destination would read. */
export interface Message {
  readonly type: 'SCHEMA' | 'RECORD' | 'STATE';
  readonly stream?: string;
  readonly record?: Record<string, unknown>;
  readonly schema?: Record<string, unknown>;
  readonly key_properties?: readonly string[];
  readonly bookmark_properties?: readonly string[];
  readonly replication_method?: string;
  readonly unique_conflict_method?: string;
  readonly unique_constraints?: readonly string[];
  readonly value?: { readonly bookmarks?: Record<string, Record<string, unknown>> };
}

/** A line of Mage's logger. */
export interface LogLine {
  readonly level: 'DEBUG' | 'INFO' | 'ERROR' | 'EXCEPTION';
  readonly message: string;
  readonly tags: Record<string, unknown>;
}

/** What a connector did in one action. */
export interface Outcome extends Finished {
  readonly messages: readonly Message[];
  readonly logs: readonly LogLine[];
  /** Lines on standard output that are neither messages nor logs nor the answer: a stray `print`. */
  readonly stray: readonly string[];
  /** The error as the connector told it (`tags.error`, or else the last CRITICAL line); undefined if there was none. */
  readonly error?: string;
  /** The same as Mage's UI shows it, in which every configuration value of eight or more characters is masked. */
  readonly shownError?: string;
}

const MESSAGE_TYPES = ['SCHEMA', 'RECORD', 'STATE'];
const MASKED_LENGTH = 8;

/**
 * Takes a connector's output apart as Mage and its destinations do. With `isHeld`, throws if a record doesn't hold against its
 * schema.
 */
export function readOutcome(finished: Finished, config: Record<string, unknown>, isHeld: boolean): Outcome {
  const lines = finished.stdout.split('\n').filter(Boolean);
  const parsed = lines.map(line => ({ line, json: parseObject(line) }));
  const logsOnStderr = finished.stderr.split('\n').map(line => parseObject(line.slice(Math.max(line.indexOf('{'), 0))));
  const logs = [...parsed.map(({ json }) => json), ...logsOnStderr].filter(json => json?.type === 'LOG');
  const error = errorIn(finished.stderr, logs as unknown as LogLine[]);
  const written = parsed.filter(({ json }) => isMessage(json));
  const messages = written.map(({ json }) => json as unknown as Message);
  if (isHeld)
    checkRecords(
      messages,
      written.map(({ line }) => line),
    );
  return {
    ...finished,
    messages,
    logs: logs as unknown as LogLine[],
    stray: parsed.flatMap(({ line, json }) => (isMessage(json) || json?.type === 'LOG' ? [] : [line])),
    error,
    shownError: error === undefined ? undefined : masked(error, config),
  };
}

/**
 * The JSON that an action prints, once the lines of the log are taken away: what is left is joined and parsed.
 * Throws with the output if that is not JSON.
 */
export function readAnswer(outcome: Outcome): unknown {
  try {
    return JSON.parse(outcome.stray.join(''));
  } catch (error) {
    throw new Error(`not JSON (exit code ${outcome.exitCode}): ${outcome.stdout}\n${outcome.stderr}`, { cause: error });
  }
}

/** The last error wins; the error of an exception may be empty. */
function errorIn(stderr: string, logs: readonly LogLine[]): string | undefined {
  const failure = logs.findLast(log => log.level === 'EXCEPTION' || log.level === 'ERROR');
  if (failure) return String(failure.tags?.error ?? failure.message);
  return stderr
    .split('\n')
    .findLast(line => line.startsWith('CRITICAL '))
    ?.slice('CRITICAL '.length);
}

function masked(text: string, config: Record<string, unknown>): string {
  return Object.values(config)
    .filter(value => typeof value === 'string')
    .filter(value => value.length >= MASKED_LENGTH)
    .sort((a, b) => b.length - a.length)
    .reduce((shown, value) => shown.replaceAll(value, '*'.repeat(value.length)), text);
}

function isMessage(json: Record<string, unknown> | undefined): boolean {
  return MESSAGE_TYPES.includes(String(json?.type));
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
