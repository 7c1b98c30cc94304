import { relative } from 'node:path';
import Generator from 'yeoman-generator';
import { readAnswers } from '../common/answers/document.ts';
import { Ask } from '../common/ask.ts';
import { prepare } from '../common/command-line.ts';
import { composeSibling } from '../common/compose.ts';
import { interactive, settleConflicts } from '../common/conflicts.ts';
import { givenOptions } from '../common/given-options.ts';
import { type GivenOptions, sharedOptions, streamOptions } from '../common/options.ts';
import { checkChanges } from '../common/writable.ts';
import { writeInOrder } from '../common/write-in-order.ts';
import { planStreams, type StreamRun } from './plan.ts';
import { jsonReport, textReport } from './report.ts';
import { findTarget } from './target.ts';

type GeneratorArguments = ConstructorParameters<typeof Generator>;

/** The generators that know how to add to a connector of their kind. */
const KINDS = {
  api: () => import('../api/index.ts'),
  sql: () => import('../sql/index.ts'),
  file: () => import('../file/index.ts'),
} as const;

/**
 * `yo mage-connector:stream`: finds the connector. In one of ours, the generator of its kind is composed, which adds the stream;
 * in a hand-written one the stream is written here, after the connector's own.
 */
export default class StreamGenerator extends Generator {
  #given!: GivenOptions;
  #folder: string | undefined;
  #run: StreamRun | undefined;

  constructor(args: GeneratorArguments[0], options: GeneratorArguments[1], features?: GeneratorArguments[2]) {
    super(args, options, { ...features, tasksMatchingPriority: true, customInstallTask: true });
    const definitions = { ...sharedOptions, ...streamOptions };
    prepare(this, definitions, 'The name of the stream');
  }

  async _postConstruct(): Promise<void> {
    this.#given = givenOptions(this.options);
    const target = findTarget(this.#given.connector, this.contextRoot);
    if ('ours' in target) return this.#compose(target.ours.answers.kind);
    this.#folder = target.folder;
    if (this.#given.answers !== undefined || !interactive(this.env)) await this.#plan();
  }

  async prompting(): Promise<void> {
    if (this.#folder !== undefined && !this.#run) await this.#plan();
  }

  /** What is written is written here, file by file in its order; Yeoman only shows the differences of a dry run. */
  writing(): void {
    const changes = this.#run?.changes.filter(({ before, content, removed }) => removed || before !== content) ?? [];
    if (this.#given.dryRun) {
      for (const { path, content, removed } of changes) if (!removed) this.fs.write(path, content);
    } else if (this.#run) {
      for (const { path, before, removed } of changes) {
        const name = relative(this.contextRoot, path);
        if (removed) this.log.info(`delete ${name}`);
        else if (before === undefined) this.log.create(name);
        else this.log.force(name);
      }
      const files = changes.map(({ path, content, removed }) => ({ path, content: removed ? undefined : content }));
      writeInOrder(this.#run.folder, files);
    }
  }

  async conflicts(): Promise<void> {
    if (this.#run)
      await settleConflicts(
        this.env,
        this.#given,
        this.#run.changes.filter(({ removed }) => !removed),
      );
  }

  end(): void {
    if (!this.#run) return;
    const { dryRun, json } = this.#given;
    if (json) process.stdout.write(`${jsonReport(this.#run, dryRun)}\n`);
    else this.log(textReport(this.#run, dryRun));
  }

  async #compose(kind: keyof typeof KINDS): Promise<void> {
    const { default: Kind } = await KINDS[kind]();
    await composeSibling(this, kind, Kind, {
      generatorArgs: this.args,
      generatorOptions: { ...this.options, addsOnly: true },
    });
  }

  async #plan(): Promise<void> {
    const { answers } = this.#given;
    const document = answers === undefined ? undefined : readAnswers(answers, this.contextRoot);
    const ask = !document && interactive(this.env) ? new Ask(question => this.prompt(question as never)) : undefined;
    const options: Readonly<Record<string, unknown>> = this.options;
    const input = {
      folder: this.#folder as string,
      name: options.name as string | undefined,
      flags: options,
      cwd: this.contextRoot,
      document,
    };
    this.#run = await planStreams(input, ask);
    checkChanges(this.#run.changes, this.#given, this.contextRoot);
  }
}
