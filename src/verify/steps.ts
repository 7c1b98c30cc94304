import { UserError } from '../base/problems.ts';
import { failureText } from '../refresh/python-failure.ts';
import { type Ended, LINGERS } from './action.ts';
import type { CatalogStream } from './catalog.ts';
import type { Finding, Step } from './finding.ts';
import { missingModule } from './framework.ts';
import { readLines, stepLines, verifiedName } from './progress.ts';
import { RunReader } from './run-reader.ts';
import { type Printed, type Runs, TEST_LIMIT } from './runs.ts';
import { secretsOf } from './secrets.ts';
import type { EndedStep, VerifyJob } from './verified.ts';

/** A run whose output was read, and whether it ended well. */
export interface Synced {
  readonly ok: boolean;
  readonly reader: RunReader;
}

/** Takes the steps of a verification one after the other, and notes how each ended. */
export class Steps {
  readonly ended: EndedStep[] = [];
  readonly findings: Finding[] = [];
  /** What was said on standard error and in logs. */
  readonly said: string[] = [];
  /** The keys of secrets that a record or a state says. */
  readonly leaked = new Set<string>();
  /** The keys of the configuration template, once they are known. */
  keys: readonly string[] = [];
  readonly config: Readonly<Record<string, unknown>>;
  readonly #job: VerifyJob;
  readonly #runs: Runs;

  constructor(job: VerifyJob, runs: Runs) {
    this.#job = job;
    this.#runs = runs;
    this.config = JSON.parse(job.configText);
  }

  /** Waits for an action, and gives what it printed; undefined where it failed. */
  async take(step: Step, action: Promise<Printed>): Promise<Printed | undefined> {
    const printed = await this.attempt(step, action, ({ code }) => code === 0);
    if (printed.code === 0) return printed;
    if (printed.stopped === 'time')
      this.fault(
        step,
        `took longer than ${TEST_LIMIT / 1000} seconds: Mage ends it`,
        'ask for less there, with short time-outs',
      );
    else if (printed.stopped === 'lingers') this.#lingers(step);
    else if (printed.endless !== undefined) this.#endless(step, printed.endless);
    else this.fault(step, `failed: ${this.#failure(printed)}`, this.#whenFailed());
    return undefined;
  }

  /** Waits for an action, and notes whether it ended as it should. */
  async attempt(step: Step, action: Promise<Printed>, isRight: (printed: Printed) => boolean): Promise<Printed> {
    this.#show(step);
    const printed = await action;
    this.ended.push({ step, seconds: printed.seconds, ok: isRight(printed) });
    this.said.push(printed.stderr, ...printed.lines);
    return printed;
  }

  /** The JSON that an action printed, and nothing else. */
  answer(step: Step, { lines }: Printed): unknown {
    const text = lines.join('\n');
    try {
      return JSON.parse(text);
    } catch {
      const stray = lines.find(line => !/^\s*[[{\]}"\d]/.test(line)) ?? text.slice(0, 80);
      this.fault(step, `prints something else than JSON: ${stray}`, 'take the print out: Mage reads standard output');
      return undefined;
    }
  }

  /** Reads the streams together, as Mage does; with a limit one after the other, since a run that has enough is ended. */
  async sync(step: Step, streams: readonly CatalogStream[], state: object, limit: number | undefined): Promise<Synced> {
    const secrets = secretsOf(this.config);
    const reader = new RunReader(streams, state, { secrets, ...(limit !== undefined && { limit }) });
    this.#show(step, reader);
    const parts = limit === undefined ? [streams] : streams.map(stream => [stream]);
    const ended: Ended[] = [];
    for (const part of parts) ended.push(await this.#runs.sync(part, state, reader));
    reader.end();
    const failed = ended.find(({ code, stopped }) => code !== 0 && stopped !== 'enough');
    const ok = !failed && reader.endless === undefined;
    for (const key of reader.leaked) this.leaked.add(key);
    this.said.push(...reader.logs, ...reader.stray, ...ended.map(({ stderr }) => stderr));
    this.ended.push({ step, seconds: ended.reduce((sum, each) => sum + each.seconds, 0), ok });
    if (reader.endless) this.#endless(step, reader.endless.what, reader.endless.stream);
    else if (failed?.stopped === 'lingers') this.#lingers(step);
    else if (failed) this.fault(step, `failed: ${reader.errors.at(-1) ?? this.#failure(failed)}`, this.#whenFailed());
    else {
      if (ended.some(({ code, isDone }) => code === 0 && !isDone) && !reader.isSeenThrough)
        this.fault(
          step,
          'ended before the connector’s own end, with the exit code 0',
          'Mage takes that for success, and what follows is lost: raise instead of os._exit',
        );
      for (const error of new Set(reader.errors))
        this.fault(
          step,
          `logged an error and went on: ${error}`,
          'Mage fails the block at it: log it as info, or raise',
        );
    }
    for (const text of reader.stray)
      this.fault(
        step,
        `wrote a line that is no message: ${text.slice(0, 80)}`,
        'take the print out: standard output is for Singer messages',
      );
    for (const name of reader.unselected)
      this.fault(
        step,
        'wrote messages of this stream, which wasn’t selected',
        'write those of selected streams alone',
        name,
      );
    return { ok, reader };
  }

  /** Runs with no stream selected: what comes all the same is read whatever a user chooses. */
  async selection(streams: readonly CatalogStream[]): Promise<void> {
    const step = 'selection';
    const reader = new RunReader(streams, {}, { limit: 1 });
    this.#show(step, reader);
    const { seconds } = await this.#runs.sync(streams, {}, reader, false);
    const read = [...reader.streams].filter(([, { records }]) => records > 0).map(([name]) => name);
    this.ended.push({ step, seconds, ok: read.length === 0 });
    for (const name of read)
      this.fault(
        step,
        'gave records though it wasn’t selected',
        'go through catalog.get_selected_streams(state), or leave it to the sync() of the framework',
        name,
      );
  }

  fault(step: Step, what: string, mend: string, stream?: string): void {
    this.findings.push({ step, ...(stream !== undefined && { stream }), is: 'fault', what, mend });
  }

  #endless(step: Step, what: string, stream?: string): void {
    this.fault(
      step,
      `reads the same again and again: ${what}`,
      'does each request ask for the next page, by a parameter that the API knows, and does the last one end it?',
      stream,
    );
  }

  #lingers(step: Step): void {
    this.fault(
      step,
      `still ran ${LINGERS / 1000} seconds after its end: Mage waits for it`,
      'end its threads and processes, or start them with daemon=True',
    );
  }

  /** Says how far it is: what has ended, and what streams have given in the step that runs. */
  #show(step: Step, reader?: RunReader): void {
    const [start, about] = [performance.now(), verifiedName(this.#job)];
    this.#job.show(() => {
      const running = { step, seconds: (performance.now() - start) / 1000 };
      return [...about, ...stepLines(this.ended, running), ...(reader ? readLines(reader.streams) : [])];
    });
  }

  /** Where no configuration was given, that is what most failures come from. */
  #whenFailed(): string {
    if (this.#job.config !== undefined || this.keys.length === 0) return '';
    return `give its configuration with --config FILE: it has the keys ${this.keys.join(', ')}`;
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
    const text = failureText(stderr, code, this.#job.configText);
    const [, name] = [...stderr.matchAll(/^(?:\w+\.)*(\w+)$/gm)].at(-1) ?? [];
    return text || `${name ?? 'an exception'}, without a message`;
  }
}
