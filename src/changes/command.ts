import type * as v from 'valibot';
import type { Ask } from '../answers/ask.ts';
import type { RawAnswers } from '../answers/raw-answers.ts';
import type { OptionGroup } from '../options/definitions.ts';
import type { GivenOptions } from '../options/given-options.ts';
import type { PlannedRun } from './run.ts';

/** What a run shall do, where that is decided by how it was started: the rest follows from what is given and found. */
export type Intent = 'any' | 'add' | 'change';

/** What a command was given. */
export interface CommandInput {
  readonly given: GivenOptions;
  /** All options by their names, and its argument as `name`. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** Absolute: where it was started. */
  readonly cwd: string;
  readonly intent: Intent;
}

/** Plans a run; `ask` is undefined where nothing can be asked. Throws a UserError with every problem. */
export type Plan = (input: CommandInput, ask: Ask | undefined) => Promise<PlannedRun>;

/**
 * A command: `mage-connector NAME` and `yo mage-connector:NAME`, whose door and USAGE are in `generators/NAME`. Nothing heavy
 * is loaded for this much of it.
 */
export interface Command {
  /** `app` for the one without a name. */
  readonly name: string;
  /** What the menu calls it; empty where it isn't there. */
  readonly title: string;
  /** What its one argument is; empty where it takes none. */
  readonly argument: string;
  /** Its options, the most needed first. */
  readonly options: readonly OptionGroup[];
  /** False for a command that has no questions. */
  readonly asks: boolean;
  /** Are these answers, which name no command, for it? */
  takes(answers: RawAnswers): boolean;
  /** The form of its answers, for the published JSON Schema; undefined where it has no answers. */
  answers(): Promise<v.GenericSchema | undefined>;
  /** Only the command that is run is loaded. */
  load(): Promise<Plan>;
}
