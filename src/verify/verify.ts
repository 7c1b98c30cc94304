import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../base/problems.ts';
import { failureText } from '../refresh/python-failure.ts';
import type { Ended } from './action.ts';
import type { CatalogStream } from './catalog.ts';
import { bookmarkOf } from './catalog.ts';
import { catalogFindings } from './catalog-findings.ts';
import { chosenStreams } from './chosen.ts';
import { exchangeFindings } from './exchange-findings.ts';
import type { Finding, Step } from './finding.ts';
import { missingModule } from './framework.ts';
import { readLines, stepLines, verifiedName } from './progress.ts';
import { readingFindings, secondFindings } from './reading-findings.ts';
import { RunReader } from './run-reader.ts';
import { type Printed, Runs, TEST_LIMIT } from './runs.ts';
import { secretFindings, withoutSecrets } from './secrets.ts';
import { sourceFindings } from './source-findings.ts';
import { templateFindings } from './template-findings.ts';
import { valueFindings } from './value-findings.ts';
import type { EndedStep, Verified, VerifiedStream, VerifyJob } from './verified.ts';

/** Runs a connector as Mage does, step by step until one fails. Throws a UserError where it can't be started at all. */
export async function verifyConnector(job: VerifyJob): Promise<Verified> {
  const runs = new Runs(job.framework, job.config);
  try {
    return await new Verification(job, runs).run();
  } finally {
    runs.end();
  }
}

class Verification {
  readonly #job: VerifyJob;
  readonly #runs: Runs;
  readonly #config: Record<string, unknown>;
  readonly #steps: EndedStep[] = [];
  readonly #findings: Finding[] = [];
  readonly #said: string[] = [];
  /** The state after the first run. */
  #state = '';
  /** The keys of the configuration template. */
  #keys: readonly string[] = [];

  constructor(job: VerifyJob, runs: Runs) {
    this.#job = job;
    this.#runs = runs;
    this.#config = JSON.parse(job.configText);
  }

  async run(): Promise<Verified> {
    const streams = (await this.#templates()) ? await this.#discovery() : undefined;
    const works = streams !== undefined && (await this.#connection()) && (await this.#sample(streams));
    const read = works ? await this.#read(streams) : [];
    const delivered = [...read.map(({ rows }) => JSON.stringify(rows)), this.#state];
    this.#findings.push(...secretFindings(this.#config, this.#said, delivered));
    const findings = this.#findings.map(finding => ({ ...finding, what: withoutSecrets(finding.what, this.#config) }));
    return { steps: this.#steps, streams: read, findings };
  }

  async #templates(): Promise<boolean> {
    const printed = await this.#step('templates', this.#runs.templates());
    if (!printed) return false;
    const readme = join(this.#job.folder, 'README.md');
    const text = existsSync(readme) ? readFileSync(readme, 'utf8') : undefined;
    const templates = this.#answer('templates', printed) as { readonly config?: unknown } | undefined;
    if (templates)
      this.#findings.push(
        ...templateFindings(templates.config, text, this.#config),
        ...sourceFindings(this.#job.folder, templates.config),
      );
    this.#keys = Object.keys(templates?.config ?? {});
    return true;
  }

  async #discovery(): Promise<readonly CatalogStream[] | undefined> {
    const printed = await this.#step('discovery', this.#runs.discover());
    const catalog = printed && (this.#answer('discovery', printed) as { readonly streams: readonly CatalogStream[] });
    if (!catalog) return undefined;
    const chosen = chosenStreams(catalog.streams, this.#job.streams);
    this.#findings.push(...catalogFindings(chosen));
    return chosen.length > 0 ? chosen : undefined;
  }

  async #connection(): Promise<boolean> {
    return (await this.#step('connection test', this.#runs.testConnection())) !== undefined;
  }

  async #sample(streams: readonly CatalogStream[]): Promise<boolean> {
    return (await this.#step('sample', this.#runs.sample(streams))) !== undefined;
  }

  async #read(streams: readonly CatalogStream[]): Promise<VerifiedStream[]> {
    const { limit, isSql } = this.#job;
    const first = await this.#sync('first run', streams, {}, limit);
    this.#state = JSON.stringify(first.reader.state);
    for (const stream of first.ok ? streams : []) {
      const reading = readingOf(first.reader, stream);
      this.#findings.push(...readingFindings(stream, reading, limit === undefined));
      if (limit === undefined)
        this.#findings.push(...valueFindings(stream, reading), ...exchangeFindings(stream, reading, this.#config));
    }
    const incremental = streams.filter(bookmarkOf);
    const goesOn = first.ok && limit === undefined;
    const second =
      goesOn && incremental.length > 0
        ? await this.#sync('second run', incremental, first.reader.state, undefined)
        : undefined;
    for (const stream of second?.ok ? incremental : [])
      this.#findings.push(
        ...secondFindings(stream, readingOf(first.reader, stream), readingOf(second?.reader as RunReader, stream)),
      );
    const counts = goesOn && isSql ? await this.#count(streams, first.reader) : new Map<string, number>();
    return streams.map(stream => ({
      name: stream.tap_stream_id,
      method: stream.replication_method ?? '',
      records: readingOf(first.reader, stream).records,
      requests: readingOf(first.reader, stream).exchanges.count,
      again: second?.reader.streams.get(stream.tap_stream_id)?.records,
      counted: counts.get(stream.tap_stream_id),
      rows: readingOf(first.reader, stream).rows,
    }));
  }

  /** Reads the streams together, as Mage does; with a limit one after the other, since a run that has enough is ended. */
  async #sync(
    step: Step,
    streams: readonly CatalogStream[],
    state: object,
    limit: number | undefined,
  ): Promise<{ readonly ok: boolean; readonly reader: RunReader }> {
    const reader = new RunReader(streams, state, limit === undefined ? {} : { limit });
    this.#show(step, reader);
    const parts = limit === undefined ? [streams] : streams.map(stream => [stream]);
    const ended: Ended[] = [];
    for (const part of parts) ended.push(await this.#runs.sync(part, state, reader));
    const failed = ended.find(({ code, stopped }) => code !== 0 && stopped !== 'enough');
    const seconds = ended.reduce((sum, each) => sum + each.seconds, 0);
    this.#said.push(...reader.logs, ...reader.stray, ...ended.map(({ stderr }) => stderr));
    this.#steps.push({ step, seconds, ok: !failed });
    if (failed) this.#fault(step, `failed: ${reader.errors.at(-1) ?? this.#failure(failed)}`, this.#whenFailed());
    else
      for (const error of new Set(reader.errors))
        this.#fault(
          step,
          `logged an error and went on: ${error}`,
          'Mage fails the block at it: log it as info, or raise',
        );
    for (const text of reader.stray)
      this.#fault(
        step,
        `wrote a line that is no message: ${text.slice(0, 80)}`,
        'take the print out: standard output is for Singer messages',
      );
    for (const name of reader.unselected)
      this.#fault(
        step,
        'wrote messages of this stream, which wasn’t selected',
        'write those of selected streams alone',
        name,
      );
    return { ok: !failed, reader };
  }

  async #count(streams: readonly CatalogStream[], first: RunReader): Promise<Map<string, number>> {
    const printed = await this.#step('count', this.#runs.count(streams, {}));
    const counted = printed && (this.#answer('count', printed) as { readonly id: string; readonly count: number }[]);
    const counts = new Map((counted ?? []).map(({ id, count }) => [id, count]));
    for (const [stream, count] of counts) {
      const records = first.streams.get(stream)?.records;
      if (records !== count)
        this.#fault(
          'count',
          `counts ${count} records and read ${records}`,
          'Mage reads in batches by this count: rows behind it are lost',
          stream,
        );
    }
    return counts;
  }

  /** Says how far it is: what has ended, and what streams have given in the step that runs. */
  #show(step: Step, reader?: RunReader): void {
    const [start, about] = [performance.now(), verifiedName(this.#job)];
    this.#job.show(() => {
      const running = { step, seconds: (performance.now() - start) / 1000 };
      return [...about, ...stepLines(this.#steps, running), ...(reader ? readLines(reader.streams) : [])];
    });
  }

  /** Waits for an action, and gives what it printed; undefined where it failed. */
  async #step(step: Step, action: Promise<Printed>): Promise<Printed | undefined> {
    this.#show(step);
    const printed = await action;
    const ok = printed.code === 0;
    this.#steps.push({ step, seconds: printed.seconds, ok });
    this.#said.push(printed.stderr);
    if (ok) return printed;
    if (printed.stopped === 'time')
      this.#fault(
        step,
        `took longer than ${TEST_LIMIT / 1000} seconds: Mage ends it`,
        'ask for less there, with short time-outs',
      );
    else this.#fault(step, `failed: ${this.#failure(printed)}`, this.#whenFailed());
    return undefined;
  }

  /** The JSON that an action printed, and nothing else. */
  #answer(step: Step, { lines }: Printed): unknown {
    const text = lines.join('\n');
    try {
      return JSON.parse(text);
    } catch {
      const stray = lines.find(line => !/^\s*[[{\]}"\d]/.test(line)) ?? text.slice(0, 80);
      this.#fault(step, `prints something else than JSON: ${stray}`, 'take the print out: Mage reads standard output');
      return undefined;
    }
  }

  /** Where no configuration was given, that is what most failures come from. */
  #whenFailed(): string {
    if (this.#job.config !== undefined || this.#keys.length === 0) return '';
    return `give its configuration with --config FILE: it has the keys ${this.#keys.join(', ')}`;
  }

  #failure({ stderr, code }: Ended): string {
    const [, missing] = /ModuleNotFoundError: No module named '([\w.]+)'/.exec(stderr) ?? [];
    const isOurs = missing?.startsWith('mage_integrations.') || missing?.startsWith('data_integrations');
    if (missing !== undefined && !isOurs)
      throw new UserError({
        where: 'verify',
        message: `Python has no module ${missing}`,
        hint: missingModule(missing, this.#job.framework),
      });
    return failureText(stderr, code, this.#job.configText);
  }

  #fault(step: Step, what: string, mend: string, stream?: string): void {
    this.#findings.push({ step, ...(stream !== undefined && { stream }), is: 'fault', what, mend });
  }
}

function readingOf({ streams }: RunReader, { tap_stream_id: name }: CatalogStream) {
  return streams.get(name) as NonNullable<ReturnType<RunReader['streams']['get']>>;
}
