import Generator from 'yeoman-generator';
import { readAnswers } from '../common/answers/document.ts';
import { Ask } from '../common/ask.ts';
import { prepare } from '../common/command-line.ts';
import { composeSibling } from '../common/compose.ts';
import { interactive } from '../common/conflicts.ts';
import { isMapping } from '../common/gather.ts';
import { givenOptions } from '../common/given-options.ts';
import { nearest } from '../common/names.ts';
import { sharedOptions } from '../common/options.ts';
import { UserError } from '../common/problems.ts';

type GeneratorArguments = ConstructorParameters<typeof Generator>;

/** What can be made; each is a generator of its own, and loaded only when chosen. */
const CHOICES = {
  api: { title: 'A connector of a REST API', load: () => import('../api/index.ts') },
  sql: { title: 'A connector of a SQL database', load: () => import('../sql/index.ts') },
  file: { title: 'A connector of files: CSV, JSON, JSON Lines', load: () => import('../file/index.ts') },
  stream: { title: 'One more stream in a connector that exists', load: () => import('../stream/index.ts') },
  schema: { title: "A stream's schema, from sample records", load: () => import('../schema/index.ts') },
} as const;

type Choice = keyof typeof CHOICES;

/** `yo mage-connector`: asks what to make and composes the generator of that. */
export default class AppGenerator extends Generator {
  #choice: Choice | undefined;

  constructor(args: GeneratorArguments[0], options: GeneratorArguments[1], features?: GeneratorArguments[2]) {
    super(args, options, { ...features, tasksMatchingPriority: true, customInstallTask: true });
    prepare(this, sharedOptions);
  }

  async _postConstruct(): Promise<void> {
    const { answers } = givenOptions(this.options);
    if (answers === undefined) {
      if (interactive(this.env)) return;
      throw new UserError({
        message: 'there is no terminal to ask in',
        hint: 'give the answers with --answers FILE; --help tells more',
      });
    }
    this.#choice = kindOf(readAnswers(answers, this.contextRoot));
    await this.#compose(this.#choice);
  }

  async prompting(): Promise<void> {
    if (this.#choice) return;
    const choices = Object.entries(CHOICES).map(([value, { title }]) => ({ value: value as Choice, name: title }));
    const ask = new Ask(question => this.prompt(question as never));
    await this.#compose(await ask.choice('what', { message: 'What shall be made', choices }));
  }

  async #compose(choice: Choice): Promise<void> {
    const { default: Chosen } = await CHOICES[choice].load();
    await composeSibling(this, choice, Chosen, { generatorOptions: this.options });
  }
}

/** The kind that an answers file is for. */
function kindOf({ value, file, lineOf }: ReturnType<typeof readAnswers>): Choice {
  const kind = isMapping(value) ? value.kind : undefined;
  if (kind === undefined && isMapping(value) && 'streams' in value && !('name' in value)) return 'stream';
  if (kind === undefined && isMapping(value) && 'stream' in value && 'sample' in value) return 'schema';
  if (kind === 'api' || kind === 'sql' || kind === 'file') return kind;
  const meant = nearest(String(kind), ['api', 'sql', 'file']);
  throw new UserError({
    where: `${file}, kind`,
    line: lineOf(['kind']),
    message:
      kind === undefined
        ? 'is missing: api, sql or file'
        : `must be api, sql or file${meant ? `: did you mean ${meant}?` : ''}`,
  });
}
