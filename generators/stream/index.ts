import { relative } from 'node:path';
import Generator from 'yeoman-generator';
import { Ask } from '../../src/answers/ask.ts';
import { checkChanges } from '../../src/changes/writable.ts';
import { writeInOrder } from '../../src/changes/writing/write-in-order.ts';
import { sharedOptions, streamEditOptions, streamOptions } from '../../src/options/definitions.ts';
import { givenOptions } from '../../src/options/given-options.ts';
import { growingConnector, mayAsk, planJob, type StreamJob, streamJob } from '../../src/streams/dispatch.ts';
import { type ConnectorChange, writesOf } from '../../src/streams/plan.ts';
import { type StreamResult, streamReport } from '../../src/streams/report.ts';
import { prepare } from '../../src/yeoman/command-line.ts';
import { composeSibling } from '../../src/yeoman/compose.ts';
import { interactive, settleConflicts } from '../../src/yeoman/conflicts.ts';

type GeneratorArguments = ConstructorParameters<typeof Generator>;

/** The doors that add to a connector of ours. */
const DOORS: Readonly<Record<string, () => Promise<{ readonly default: unknown }>>> = {
  api: () => import('../api/index.ts'),
  sql: () => import('../sql/index.ts'),
  file: () => import('../file/index.ts'),
};

/**
 * `yo mage-connector:stream`: finds the connector. To add to one of ours, the generator of its kind is composed. In a
 * hand-written one the stream is written here, after the connector's own; and here streams are listed, taken out and renamed.
 */
export default class StreamGenerator extends Generator {
  #job!: StreamJob;
  #result: StreamResult | undefined;

  constructor(args: GeneratorArguments[0], options: GeneratorArguments[1], features?: GeneratorArguments[2]) {
    super(args, options, { ...features, tasksMatchingPriority: true, customInstallTask: true });
    const definitions = { ...sharedOptions, ...streamOptions, ...streamEditOptions };
    prepare(this, definitions, 'The name of the stream, or with --rename its new one');
  }

  async _postConstruct(): Promise<void> {
    this.#job = streamJob(givenOptions(this.options), this.options, this.contextRoot);
    const ours = growingConnector(this.#job);
    if (ours) await this.#compose(ours.answers.kind);
    else if (!mayAsk(this.#job) || !interactive(this.env)) await this.#plan(undefined);
  }

  async prompting(): Promise<void> {
    if (this.#result || growingConnector(this.#job)) return;
    await this.#plan(new Ask(question => this.prompt(question as never)));
  }

  /** What is written is written here, file by file in its order; Yeoman only shows the differences of a dry run. */
  writing(): void {
    const changes = this.#changes.filter(({ before, content, removed }) => removed || before !== content);
    if (this.#job.given.dryRun) {
      for (const { path, content, removed } of changes) if (!removed) this.fs.write(path, content);
      return;
    }
    for (const change of changes) this.#show(change);
    if (this.#result && 'run' in this.#result) writeInOrder(this.#result.run.folder, writesOf(this.#result.run));
  }

  async conflicts(): Promise<void> {
    const changes = this.#changes.filter(({ removed }) => !removed);
    if (changes.length > 0) await settleConflicts(this.env, this.#job.given, changes);
  }

  end(): void {
    if (!this.#result) return;
    const report = streamReport(this.#result, this.#job.given);
    if (this.#job.given.json) process.stdout.write(`${report}\n`);
    else this.log(report);
  }

  get #changes(): readonly ConnectorChange[] {
    return this.#result && 'run' in this.#result ? this.#result.run.changes : [];
  }

  #show({ path, before, removed }: ConnectorChange): void {
    const name = relative(this.contextRoot, path);
    if (removed) this.log.info(`delete ${name}`);
    else if (before === undefined) this.log.create(name);
    else this.log.force(name);
  }

  async #compose(kind: string): Promise<void> {
    const { default: Kind } = (await DOORS[kind]?.()) ?? {};
    const generatorOptions = { ...this.options, addsOnly: true };
    await composeSibling(this, kind, Kind, { generatorArgs: this.args, generatorOptions });
  }

  async #plan(ask: Ask | undefined): Promise<void> {
    this.#result = await planJob(this.#job, ask);
    const folder = 'run' in this.#result ? this.#result.run.folder : undefined;
    checkChanges(this.#changes, this.#job.given, this.contextRoot, folder);
  }
}
