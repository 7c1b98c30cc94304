import { join } from 'node:path';
import Generator from 'yeoman-generator';
import { Ask } from '../answers/ask.ts';
import { readAnswers } from '../answers/document.ts';
import { readText } from '../base/read-text.ts';
import type { Change } from '../changes/plan.ts';
import { checkChanges } from '../changes/writable.ts';
import { inWriteOrder, type OrderedChange } from '../changes/writing/order.ts';
import type { RunInput } from '../connector/gather.ts';
import type { AnyKind } from '../connector/kind.ts';
import { jsonReport, outcomeOf, textReport } from '../connector/report.ts';
import { type PlannedRun, planRun } from '../connector/run.ts';
import { tryIt } from '../connector/try-it.ts';
import { type GivenOptions, sharedOptions, streamOptions } from '../options/definitions.ts';
import { givenOptions } from '../options/given-options.ts';
import { prepare } from './command-line.ts';
import { commitWhole } from './commit.ts';
import { interactive, settleConflicts } from './conflicts.ts';
import { stageChanges } from './direct.ts';

type GeneratorArguments = ConstructorParameters<typeof Generator>;

/**
 * A Yeoman generator that makes or grows a connector of one kind: gather → resolve → plan → apply.
 * Where nothing can be asked, all but the last happens before Yeoman's queues start, since `yo` prints an error from there as it is.
 */
export abstract class ConnectorGenerator extends Generator {
  /** A method, since the constructor calls for it. */
  abstract kind(): AnyKind;
  #given!: GivenOptions;
  #run: PlannedRun | undefined;

  constructor(args: GeneratorArguments[0], options: GeneratorArguments[1], features?: GeneratorArguments[2]) {
    // Yeoman looks for tasks in the class itself only, unless told; nothing has to be installed by npm.
    const customInstallTask = (options as { composed?: boolean }).composed !== true;
    const customCommitTask = () => commitWhole(this.env, this.#ordered);
    const tasks = { tasksMatchingPriority: true, inheritTasks: true, customInstallTask, customCommitTask };
    super(args, options, { ...features, ...tasks } as typeof features);
    const definitions = { ...sharedOptions, ...streamOptions };
    prepare(this, definitions, "The connector's name, or that of a stream to add");
  }

  async _postConstruct(): Promise<void> {
    this.#given = givenOptions(this.options);
    if (this.#given.answers !== undefined || !interactive(this.env)) await this.#plan();
  }

  async prompting(): Promise<void> {
    if (!this.#run) await this.#plan();
  }

  writing(): void {
    stageChanges(this.fs, this.#ordered, this.#given);
  }

  async conflicts(): Promise<void> {
    await settleConflicts(this.env, this.#given, this.#planned.changes);
  }

  end(): void {
    const { model, notes, changes } = this.#planned;
    const { dryRun, json } = this.#given;
    const files = changes.map(change => ({
      path: change.path,
      outcome: outcomeOf(change, readText(change.path), dryRun),
    }));
    const next = tryIt(model, this.kind().tests(model).length > 0);
    const report = { model, files, notes, dryRun, next };
    if (json) process.stdout.write(`${jsonReport(report)}\n`);
    else this.log(textReport(report));
  }

  get #planned(): PlannedRun {
    if (!this.#run) throw new Error('nothing is planned yet');
    return this.#run;
  }

  get #ordered(): readonly OrderedChange<Change>[] {
    const { changes, model } = this.#planned;
    return inWriteOrder(changes, join(model.layout.root, model.folder));
  }

  async #plan(): Promise<void> {
    const { answers } = this.#given;
    const options: Readonly<Record<string, unknown>> = this.options;
    const input: RunInput = {
      kind: this.kind(),
      options: this.#given,
      name: options.name as string | undefined,
      flags: options,
      cwd: this.contextRoot,
      document: answers === undefined ? undefined : readAnswers(answers, this.contextRoot),
      addsOnly: options.addsOnly === true,
      changes: options.changes === true,
    };
    const ask =
      !input.document && interactive(this.env) ? new Ask(question => this.prompt(question as never)) : undefined;
    this.#run = await planRun(input, ask);
    checkChanges(this.#run.changes, this.#given, this.contextRoot);
  }
}
