import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogStream } from './catalog.ts';
import { bookmarkOf } from './catalog.ts';
import { catalogFindings } from './catalog-findings.ts';
import { chosenStreams } from './chosen.ts';
import { type ConnectionTest, quietFindings, wrongConfig, wrongFindings } from './connection.ts';
import { exchangeFindings } from './exchange-findings.ts';
import { STEPS } from './finding.ts';
import { readingFindings } from './reading-findings.ts';
import type { RunReader } from './run-reader.ts';
import { type Printed, Runs } from './runs.ts';
import { sameStreamFindings } from './same-streams.ts';
import { sampleFindings, sampleSizes } from './samples.ts';
import { schemaFileFindings } from './schema-files.ts';
import { secondFindings } from './second-findings.ts';
import { secretFindings, withoutSecrets } from './secrets.ts';
import { choosesStreams, saysWhatIsEmpty, sourceFindings } from './source-findings.ts';
import { Steps } from './steps.ts';
import { templateFindings } from './template-findings.ts';
import { valueFindings } from './value-findings.ts';
import type { Verified, VerifiedStream, VerifyJob } from './verified.ts';

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
  readonly #steps: Steps;

  constructor(job: VerifyJob, runs: Runs) {
    this.#job = job;
    this.#runs = runs;
    this.#steps = new Steps(job, runs);
  }

  async run(): Promise<Verified> {
    const streams = (await this.#templates()) ? await this.#discovery() : undefined;
    const tested = streams && (await this.#steps.take('connection test', this.#runs.testConnection()));
    const read = tested ? await this.#tried(streams, tested) : [];
    const { ended, said, findings, config, leaked } = this.#steps;
    findings.push(...secretFindings(config, said, leaked));
    return {
      steps: [...ended].sort((a, b) => STEPS.indexOf(a.step) - STEPS.indexOf(b.step)),
      streams: read,
      findings: findings.map(finding => ({ ...finding, what: withoutSecrets(finding.what, config) })),
    };
  }

  async #templates(): Promise<boolean> {
    const printed = await this.#steps.take('templates', this.#runs.templates());
    if (!printed) return false;
    const { folder } = this.#job;
    const readme = join(folder, 'README.md');
    const text = existsSync(readme) ? readFileSync(readme, 'utf8') : undefined;
    const templates = this.#steps.answer('templates', printed) as { readonly config?: unknown } | undefined;
    if (templates)
      this.#steps.findings.push(
        ...templateFindings(templates.config, text, this.#steps.config),
        ...sourceFindings(folder, templates.config),
      );
    this.#steps.keys = Object.keys(templates?.config ?? {});
    return true;
  }

  async #discovery(): Promise<readonly CatalogStream[] | undefined> {
    const printed = await this.#steps.take('discovery', this.#runs.discover());
    const answer = printed && this.#steps.answer('discovery', printed);
    if (!answer) return undefined;
    const { streams } = answer as { readonly streams: readonly CatalogStream[] };
    const chosen = chosenStreams(streams, this.#job.streams);
    this.#steps.findings.push(...schemaFileFindings(this.#job.folder, streams), ...catalogFindings(chosen));
    return chosen.length > 0 ? chosen : undefined;
  }

  /** Tries a wrong configuration and a sample, and then reads. */
  async #tried(streams: readonly CatalogStream[], tested: Printed): Promise<VerifiedStream[]> {
    const wrongly = this.#wrongly(tested);
    // At once, as neither has to do with the other; but what is stopped in a container is all that runs there.
    if (this.#job.framework.files) await wrongly;
    const [test, sample] = await Promise.all([wrongly, this.#steps.take('sample', this.#runs.sample(streams))]);
    return sample ? this.#read(streams, test, sample) : [];
  }

  /** Tells whether the connection test, which was right, fails with a configuration that is wrong. */
  async #wrongly({ asked }: Printed): Promise<ConnectionTest> {
    const { isSql, framework } = this.#job;
    const wrong = wrongConfig(this.#steps.config, isSql, framework.files === undefined);
    if (!wrong) return { asked, passedWith: [] };
    const found = (then: Printed) => (then.code === 0 ? wrongFindings(wrong, then.asked, isSql) : []);
    const action = this.#runs.testConnection(wrong.config);
    const then = await this.#steps.attempt('wrong configuration', action, each => found(each).length === 0);
    this.#steps.findings.push(...found(then));
    return { asked, passedWith: then.code === 0 ? wrong.keys : undefined };
  }

  async #read(streams: readonly CatalogStream[], test: ConnectionTest, sample: Printed): Promise<VerifiedStream[]> {
    const { limit, isSql } = this.#job;
    const first = await this.#steps.sync('first run', streams, {}, limit);
    const goesOn = first.ok && limit === undefined;
    if (first.ok) this.#judge(first.reader, streams);
    if (goesOn) this.#judgeAll(first.reader, test, sample);
    const incremental = streams.filter(bookmarkOf);
    const second =
      goesOn && incremental.length > 0
        ? await this.#steps.sync('second run', incremental, first.reader.state, undefined)
        : undefined;
    const { findings } = this.#steps;
    for (const stream of second?.ok ? incremental : [])
      findings.push(
        ...secondFindings(
          stream,
          readingOf(first.reader, stream),
          readingOf(second?.reader as RunReader, stream),
          findings,
        ),
      );
    if (goesOn && choosesStreams(this.#job.folder)) await this.#steps.selection(streams);
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

  /** Says what the first run tells of each stream. */
  #judge(reader: RunReader, streams: readonly CatalogStream[]): void {
    const isWhole = this.#job.limit === undefined;
    const mayBeEmpty = saysWhatIsEmpty(this.#job.folder);
    for (const stream of streams) {
      const reading = readingOf(reader, stream);
      this.#steps.findings.push(...readingFindings(stream, reading, isWhole));
      if (isWhole)
        this.#steps.findings.push(
          ...valueFindings(stream, reading, mayBeEmpty),
          ...exchangeFindings(stream, reading, this.#steps.config),
        );
    }
  }

  /** Says what the first run tells of the streams together, and of the steps before. */
  #judgeAll({ streams, beside }: RunReader, test: ConnectionTest, sample: Printed): void {
    const all = new Set([beside, ...[...streams.values()].map(({ exchanges }) => exchanges)]);
    const requests = [...all].reduce((sum, { count }) => sum + count, 0);
    this.#steps.findings.push(
      ...sameStreamFindings(streams),
      ...quietFindings(test, requests),
      ...sampleFindings(sampleSizes(sample.lines), streams),
    );
  }

  async #count(streams: readonly CatalogStream[], first: RunReader): Promise<Map<string, number>> {
    const printed = await this.#steps.take('count', this.#runs.count(streams, {}));
    const counted =
      printed && (this.#steps.answer('count', printed) as { readonly id: string; readonly count: number }[]);
    const counts = new Map((counted ?? []).map(({ id, count }) => [id, count]));
    for (const [stream, count] of counts) {
      const records = first.streams.get(stream)?.records;
      if (records !== count)
        this.#steps.fault(
          'count',
          `counts ${count} records and read ${records}`,
          'Mage reads in batches by this count: rows behind it are lost',
          stream,
        );
    }
    return counts;
  }
}

function readingOf({ streams }: RunReader, { tap_stream_id: name }: CatalogStream) {
  return streams.get(name) as NonNullable<ReturnType<RunReader['streams']['get']>>;
}
