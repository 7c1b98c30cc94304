import { UserError } from '../../../base/problems.ts';
import type { ConnectorFiles } from '../../../python/analysis/files.ts';
import { classLists } from '../../../python/analysis/lists.ts';
import type { RegisteredStream, Registry } from '../../../python/analysis/registry.ts';
import { registrySteps } from '../../../python/edit/registry-read.ts';
import { topLevel } from '../../../python/parse.ts';
import type { SyntaxNode } from '../../../python/syntax-node.ts';

/** Throws a UserError where other code needs a stream's class: streams that extend it, or that read from it as from a parent. */
export function refuseUsed(files: ConnectorFiles, registry: Registry, stream: RegisteredStream): void {
  const { name } = stream.definition;
  const uses = [...files.python].flatMap(([path, text]) =>
    (topLevel(text) ?? [])
      .filter(node => !goesWithIt(path, text, node, registry, stream))
      .flatMap(node => namesIn(text, node, name))
      .map(offset => `${path}, line ${text.slice(0, offset).split('\n').length}`),
  );
  if (uses.length === 0) return;
  throw new UserError({
    where: stream.file,
    message: `${name} is used elsewhere: ${uses.join('; ')}`,
    hint: 'change that first; nothing was removed',
  });
}

/** Its own definition, imports, the registry and the lists beside it. */
function goesWithIt(
  path: string,
  text: string,
  node: SyntaxNode,
  registry: Registry,
  stream: RegisteredStream,
): boolean {
  if (node.name === 'ImportStatement') return true;
  const { from } = stream.definition;
  if (path === stream.file && node.from <= from && from < node.to) return true;
  if (path !== registry.file) return false;
  const names = [registry.name, ...registry.steps.flatMap(({ spreads }) => spreads)];
  const isStep = names.some(name => registrySteps(text, name).some(step => step.from === node.from));
  return isStep || classLists(text, registry).some(({ statement }) => statement === text.slice(node.from, node.to));
}

function namesIn(text: string, node: SyntaxNode, name: string): number[] {
  return [...node.walk()]
    .filter(each => each.name === 'VariableName' && text.slice(each.from, each.to) === name)
    .map(({ from }) => from);
}
