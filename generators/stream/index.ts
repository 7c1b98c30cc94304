import Generator from 'yeoman-generator';
import { prepare } from '../common/command-line.ts';
import { composeSibling } from '../common/compose.ts';
import { requireConnector } from '../common/existing.ts';
import { givenOptions } from '../common/given-options.ts';
import { sharedOptions, streamOptions } from '../common/options.ts';

type GeneratorArguments = ConstructorParameters<typeof Generator>;

/** The generators that know how to add to a connector of their kind. */
const KINDS = {
  api: () => import('../api/index.ts'),
  sql: () => import('../sql/index.ts'),
  file: () => import('../file/index.ts'),
} as const;

/** `yo mage-connector:stream`: finds the connector, and composes the generator of its kind, which adds the stream. */
export default class StreamGenerator extends Generator {
  constructor(args: GeneratorArguments[0], options: GeneratorArguments[1], features?: GeneratorArguments[2]) {
    super(args, options, { ...features, tasksMatchingPriority: true, customInstallTask: true });
    const definitions = { ...sharedOptions, ...streamOptions };
    prepare(this, definitions, 'The name of the stream');
  }

  async _postConstruct(): Promise<void> {
    const { connector } = givenOptions(this.options);
    const { kind } = requireConnector(connector, this.contextRoot).answers;
    const { default: Kind } = await KINDS[kind]();
    await composeSibling(this, kind, Kind, {
      generatorArgs: this.args,
      generatorOptions: { ...this.options, addsOnly: true },
    });
  }

  /** Yeoman wants a generator to have a task; the composed one has the work. */
  initializing(): void {}
}
