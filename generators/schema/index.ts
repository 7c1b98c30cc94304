import Generator from 'yeoman-generator';
import { Ask } from '../../src/answers/ask.ts';
import { readText } from '../../src/base/read-text.ts';
import { checkChanges } from '../../src/changes/writable.ts';
import { outcomeOf } from '../../src/connector/report.ts';
import { type GivenOptions, schemaOptions, sharedOptions } from '../../src/options/definitions.ts';
import { givenOptions } from '../../src/options/given-options.ts';
import { planSchema, type SchemaRun } from '../../src/refresh/plan.ts';
import { schemaReport } from '../../src/refresh/report.ts';
import { prepare } from '../../src/yeoman/command-line.ts';
import { commitWhole } from '../../src/yeoman/commit.ts';
import { interactive, settleConflicts } from '../../src/yeoman/conflicts.ts';
import { stageChanges } from '../../src/yeoman/direct.ts';

type GeneratorArguments = ConstructorParameters<typeof Generator>;

/** `yo mage-connector:schema`: writes or refreshes schemas/<stream>.json of a connector. */
export default class SchemaGenerator extends Generator {
  #given!: GivenOptions;
  #run: SchemaRun | undefined;

  constructor(args: GeneratorArguments[0], options: GeneratorArguments[1], features?: GeneratorArguments[2]) {
    const customCommitTask = () => commitWhole(this.env, this.#planned.changes);
    super(args, options, { ...features, tasksMatchingPriority: true, customInstallTask: true, customCommitTask });
    const definitions = { ...sharedOptions, ...schemaOptions };
    prepare(this, definitions, 'The name of the stream');
  }

  async _postConstruct(): Promise<void> {
    this.#given = givenOptions(this.options);
    if (this.#given.answers !== undefined || !interactive(this.env)) await this.#plan();
  }

  async prompting(): Promise<void> {
    if (!this.#run) await this.#plan();
  }

  writing(): void {
    stageChanges(this.fs, this.#planned.changes, this.#given);
  }

  async conflicts(): Promise<void> {
    await settleConflicts(this.env, this.#given, this.#planned.changes);
  }

  end(): void {
    const { changes } = this.#planned;
    const files = changes.map(change => ({
      path: change.path,
      outcome: outcomeOf(change, readText(change.path), this.#given.dryRun),
    }));
    const report = schemaReport(this.#planned, files, this.#given);
    if (this.#given.json) process.stdout.write(`${report}\n`);
    else this.log(report);
  }

  get #planned(): SchemaRun {
    if (!this.#run) throw new Error('nothing is planned yet');
    return this.#run;
  }

  async #plan(): Promise<void> {
    const ask =
      this.#given.answers === undefined && interactive(this.env)
        ? new Ask(question => this.prompt(question as never))
        : undefined;
    this.#run = await planSchema({ options: this.#given, flags: this.options, cwd: this.contextRoot }, ask);
    checkChanges(this.#run.changes, this.#given, this.contextRoot);
  }
}
