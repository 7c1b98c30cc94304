import { type Problem, UserError } from '../base/problems.ts';
import { STREAM_OPTIONS } from '../kinds/registry.ts';
import { optionValue } from '../options/given-options.ts';

/** What a run of the `stream` generator does. */
export type Action =
  | { readonly does: 'add' }
  | { readonly does: 'list' }
  | { readonly does: 'edit'; readonly name: string; readonly renamed: string | undefined };

/** Reads from the options what to do. Throws a UserError for options that can't go together. */
export function actionOf(options: Readonly<Record<string, unknown>>): Action {
  const text = (name: string) => optionValue(options, name) as string | undefined;
  const [name, remove, rename] = [text('name'), text('remove'), text('rename')];
  const actions = ['list', 'remove', 'rename'].filter(
    option => optionValue(options, option) !== undefined && optionValue(options, option) !== false,
  );
  const [action] = actions;
  if (action === undefined) return { does: 'add' };
  const others = [...Object.keys(STREAM_OPTIONS), 'answers', 'save-answers', 'layout'];
  const problems: Problem[] = [...actions.slice(1), ...others.filter(option => text(option) !== undefined)].map(
    option => ({
      where: `--${option}`,
      message: `can't go with --${action}`,
      hint: 'leave it out',
    }),
  );
  if (action === 'rename' && name === undefined)
    problems.push({ where: '--rename', message: 'needs the new name too', hint: '--rename OLD NEW' });
  if (action !== 'rename' && name !== undefined)
    problems.push({ where: name, message: `is an argument that --${action} doesn't read`, hint: 'leave it out' });
  if (problems.length > 0) throw new UserError(problems);
  if (action === 'list') return { does: 'list' };
  return { does: 'edit', name: (remove ?? rename) as string, renamed: rename === undefined ? undefined : name };
}
