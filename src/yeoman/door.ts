import Generator from 'yeoman-generator';
import type { Ask } from '../answers/ask.ts';
import { Conversation } from '../answers/asked.ts';
import { UserError } from '../base/problems.ts';
import { readText } from '../base/read-text.ts';
import type { Command } from '../changes/command.ts';
import { fileOutcome, type PlannedRun } from '../changes/run.ts';
import { checkChanges } from '../changes/writable.ts';
import { type GivenOptions, givenOptions } from '../options/given-options.ts';
import { prepare } from './command-line.ts';
import { commit } from './commit.ts';
import { interactive, settleConflicts } from './conflicts.ts';
import { stageChanges } from './direct.ts';
import { type Environment, environmentOf } from './environment.ts';
import { optionsHelp } from './help.ts';
import { type Keep, keepingAtFailure, stoppableBetween } from './stopped.ts';

const KEYS = 'Esc goes back a question, Ctrl-C stops and keeps answers.';

type GeneratorArguments = ConstructorParameters<typeof Generator>;

/**
 * A door of Yeoman's into a command. The command plans, and here is all that Yeoman has to do with it: the command line, the
 * terminal, conflicts, writing and the report. Where nothing can be asked, the plan is made before Yeoman's queues start,
 * since `yo` prints an error from there as it is.
 */
export abstract class Door extends Generator {
  /** A method, since the constructor calls for it. */
  abstract command(): Command;
  #given!: GivenOptions;
  #planned: PlannedRun | undefined;
  /** Where questions were answered, keeps the answers. */
  #keep: Keep = () => undefined;

  constructor(args: GeneratorArguments[0], options: GeneratorArguments[1], features?: GeneratorArguments[2]) {
    // Yeoman looks for tasks in the class itself only, unless told; nothing has to be installed by npm.
    const tasks = {
      tasksMatchingPriority: true,
      inheritTasks: true,
      customInstallTask: true,
      customCommitTask: () => this.#keeping(() => commit(this.#environment, this.#run, this.#given.dryRun)),
    };
    super(args, options, { ...features, ...tasks } as typeof features);
    prepare(this, this.command(), () => this.#keep());
  }

  /** Of Yeoman's help: its own table is as wide as the longest line. */
  override optionsHelp(): string {
    return optionsHelp(this.command().options);
  }

  async _postConstruct(): Promise<void> {
    this.#given = givenOptions(this.options);
    if (this.#mayAsk) return;
    if (this.#given.resume !== undefined) throw noTerminal();
    await this.#plan(undefined);
  }

  async prompting(): Promise<void> {
    if (this.#mayAsk) await this.#converse();
  }

  writing(): void {
    stageChanges(this.fs, this.#run.changes, this.#given);
  }

  async conflicts(): Promise<void> {
    await this.#keeping(() => settleConflicts(this.#environment, this.#given, this.#run.changes));
  }

  end(): void {
    const { changes, fails } = this.#run;
    const { dryRun, json } = this.#given;
    const files = changes.map(change => fileOutcome(change, readText(change.path), dryRun));
    const report = this.#run.report(files);
    if (json) process.stdout.write(`${JSON.stringify(report.json, undefined, 2)}\n`);
    else if (report.isAnswer) process.stdout.write(`${report.text}\n`);
    else this.log(report.text);
    if (fails) process.exitCode = 1;
  }

  get #environment(): Environment {
    return environmentOf(this);
  }

  get #mayAsk(): boolean {
    return this.command().asks && this.#given.answers === undefined && interactive(this.#environment);
  }

  get #run(): PlannedRun {
    if (!this.#planned) throw new Error('nothing is planned yet');
    return this.#planned;
  }

  /** Plans by questions, whose answers are kept where the user stops. */
  async #converse(): Promise<void> {
    const { keepAnswers, keptAnswers } = await import('./kept-answers.ts');
    const { resume } = this.#given;
    const cwd = this.contextRoot;
    const answered = resume === undefined ? [] : keptAnswers(resume, cwd);
    const conversation = new Conversation(question => this.prompt(question as never), answered);
    this.#keep = () =>
      conversation.keep ? conversation.keep() : keepAnswers(conversation.answered, cwd, { file: resume, answered });
    this.log(KEYS);
    const plan = () => conversation.run(ask => this.#plan(ask));
    await this.#keeping(() => stoppableBetween(this.#keep, plan));
  }

  /** Runs what comes after answers. */
  #keeping<Result>(run: () => Promise<Result>): Promise<Result> {
    return keepingAtFailure(this.#keep, run);
  }

  async #plan(ask: Ask | undefined): Promise<void> {
    const plan = await this.command().load();
    const input = { given: this.#given, flags: this.options, cwd: this.contextRoot, intent: 'any' } as const;
    this.#planned = await plan(input, ask);
    checkChanges(this.#run.changes, this.#given, this.contextRoot, this.#run.folder);
  }
}

function noTerminal(): UserError {
  return new UserError({ where: '--resume', message: 'goes on with questions, and there is no terminal to ask in' });
}
