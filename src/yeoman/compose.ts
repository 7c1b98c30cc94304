import { dirname, join } from 'node:path';

interface Composing {
  readonly resolved: string;
  // biome-ignore lint/suspicious/noExplicitAny: Yeoman's own overloads exclude each other for a class with a path
  composeWith(...args: any[]): Promise<unknown>;
}

/** Composes a sibling generator: the class, so that nothing is looked up, and where it stands, for its templates. */
export async function composeSibling(
  from: Composing,
  name: string,
  Generator: unknown,
  {
    generatorArgs,
    generatorOptions,
  }: { readonly generatorArgs?: readonly string[]; readonly generatorOptions: object },
): Promise<void> {
  const path = join(dirname(dirname(from.resolved)), name, 'index.js');
  await from.composeWith(
    { Generator, path },
    { generatorArgs, generatorOptions: { ...generatorOptions, composed: true } },
  );
}
