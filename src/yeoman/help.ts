import { type OptionDefinitions, type OptionGroup, switchOption } from '../options/definitions.ts';

/** Most terminals have as many columns at least. */
const WIDTH = 80;
/** Where descriptions begin. */
const COLUMN = 28;

/** What every command has beside its own. */
const MORE: OptionGroup = {
  title: 'More',
  options: { help: switchOption('Show this'), version: switchOption('Show the version') },
};

/** What the help says of a command's options, under a title for each group; no line is wider than a terminal. */
export function optionsHelp(groups: readonly OptionGroup[]): string {
  return [...groups, MORE].map(({ title, options }) => [`${title}:`, ...optionLines(options)].join('\n')).join('\n\n');
}

function optionLines(options: OptionDefinitions): string[] {
  return Object.entries(options).flatMap(([name, { value, description }]) =>
    entryLines(`--${name}${value && ` ${value}`}`, description),
  );
}

/** A name and what it is, beside each other where there is room. */
export function entryLines(name: string, description: string): string[] {
  const lines = wrapped(description, WIDTH - COLUMN).map(line => `${' '.repeat(COLUMN)}${line}`);
  const [first = '', ...others] = lines;
  const start = `  ${name}`;
  return start.length < COLUMN - 1 ? [start + first.slice(start.length), ...others] : [start, ...lines];
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
