import { resolve } from 'node:path';
import Generator from 'yeoman-generator';
import { Ask } from '../../src/answers/ask.ts';
import { readAnswers } from '../../src/answers/document.ts';
import { isMapping } from '../../src/base/mapping.ts';
import { nearest } from '../../src/base/names.ts';
import { UserError } from '../../src/base/problems.ts';
import { type ExistingConnector, findConnector, readConnector } from '../../src/connector/existing.ts';
import { sharedOptions } from '../../src/options/definitions.ts';
import { givenOptions } from '../../src/options/given-options.ts';
import { prepare } from '../../src/yeoman/command-line.ts';
import { composeSibling } from '../../src/yeoman/compose.ts';
import { interactive } from '../../src/yeoman/conflicts.ts';

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

/** Changing the answers of the connector that is there, as one more choice. */
const CHANGE = 'change';

/** `yo mage-connector`: asks what to make and composes the generator of that. */
export default class AppGenerator extends Generator {
  #choice: Choice | undefined;
  #connector: ExistingConnector | undefined;

  constructor(args: GeneratorArguments[0], options: GeneratorArguments[1], features?: GeneratorArguments[2]) {
    super(args, options, { ...features, tasksMatchingPriority: true, customInstallTask: true });
    prepare(this, sharedOptions);
  }

  async _postConstruct(): Promise<void> {
    const { answers, connector } = givenOptions(this.options);
    // A hand-written connector can be named as well: streams and schemas are added to it.
    this.#connector =
      connector === undefined ? findConnector(this.contextRoot) : readConnector(resolve(this.contextRoot, connector));
    if (answers === undefined) {
      if (interactive(this.env)) return;
      throw new UserError({
        message: 'there is no terminal to ask in',
        hint: 'give the answers with --answers FILE; --help tells more',
      });
    }
    this.#choice = kindOf(readAnswers(answers, this.contextRoot), this.#connector?.answers.kind);
    await this.#compose(this.#choice);
  }

  async prompting(): Promise<void> {
    if (this.#choice) return;
    const choices = Object.entries(CHOICES).map(([value, { title }]) => ({ value: value as Choice, name: title }));
    const around = this.#connector?.answers;
    const change = { value: CHANGE, name: `Other answers for ${String(around?.name)}` } as const;
    const ask = new Ask(question => this.prompt(question as never));
    const message = 'What shall be made';
    const choice = await ask.choice('what', { message, choices: around ? [change, ...choices] : choices });
    if (choice !== CHANGE) await this.#compose(choice);
    else if (around) await this.#compose(around.kind as Choice, { changes: true });
  }

  async #compose(choice: Choice, more: object = {}): Promise<void> {
    const { default: Chosen } = await CHOICES[choice].load();
    await composeSibling(this, choice, Chosen, { generatorOptions: { ...this.options, ...more } });
  }
}

/** The kind that an answers file is for; `around` is that of the connector that its answers may change. */
function kindOf({ value, file, lineOf }: ReturnType<typeof readAnswers>, around: string | undefined): Choice {
  const kind = isMapping(value) ? value.kind : undefined;
  if (kind === undefined && isMapping(value) && 'streams' in value && !('name' in value)) return 'stream';
  if (kind === undefined && isMapping(value) && 'stream' in value && 'sample' in value) return 'schema';
  if (kind === undefined && around !== undefined && isMapping(value) && !('name' in value)) return around as Choice;
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
