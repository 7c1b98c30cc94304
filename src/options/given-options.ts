import { LAYOUT_NAMES } from '../base/layout-names.ts';
import { type Problem, UserError } from '../base/problems.ts';

type Options = Readonly<Record<string, unknown>>;

export const LAYOUTS = ['auto', ...LAYOUT_NAMES] as const;

/** The shared options that were given, whichever way they came. */
export interface GivenOptions {
  readonly answers?: string;
  readonly saveAnswers?: string;
  readonly resume?: string;
  readonly layout?: string;
  readonly connector?: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly bail: boolean;
  readonly json: boolean;
}

/** Reads the shared options. They were checked one by one before; throws a UserError for those that can't go together. */
export function givenOptions(options: Options): GivenOptions {
  const problems: Problem[] = [];
  const text = (name: string) => optionValue(options, name) as string | undefined;
  const flag = (name: string) => optionValue(options, name) === true;
  const given = {
    answers: text('answers'),
    saveAnswers: text('save-answers'),
    resume: text('resume'),
    layout: text('layout'),
    connector: text('connector'),
    dryRun: flag('dry-run'),
    force: flag('force'),
    bail: flag('bail'),
    json: flag('json'),
  };
  if (given.layout !== undefined && !LAYOUTS.includes(given.layout as (typeof LAYOUTS)[number])) {
    problems.push({ where: '--layout', message: `${given.layout} is no layout`, hint: `${LAYOUTS.join(', ')} are` });
  }
  if (given.force && given.bail)
    problems.push({ where: '--force', message: 'overwrites what --bail refuses to', hint: 'give one of them' });
  if (given.resume !== undefined && given.answers !== undefined)
    problems.push({
      where: '--resume',
      message: 'goes on with questions, and --answers asks none',
      hint: 'give one of them',
    });
  if (problems.length > 0) throw new UserError(problems);
  return given;
}

/** An option's value, whether its name came in kebab case or in camel case. */
export function optionValue(options: Options, name: string): unknown {
  return options[name] ?? options[name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
}
