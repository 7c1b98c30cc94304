import type { Composition, RuntimeClass, WrittenModule } from './composition.ts';
import { dottedName } from './module.ts';
import type { Value } from './values.ts';

/** A constant of a class, with a comment of one line above it, or none where that is empty. */
export interface Constant {
  readonly name: string;
  readonly value: Value;
  readonly comment: string;
}

/** A module of one class that has constants of its own, in their order, and otherwise what it derives from. */
export interface Subclass extends Omit<Composition, 'module' | 'classes' | 'values'> {
  readonly name: string;
  /**
   * Classes that it derives from. Those of modules in `modules` are imported; the members of all others are taken over, so that it
   * derives from what these derive from.
   */
  readonly bases: readonly RuntimeClass[];
  readonly constants: readonly Constant[];
  /** The source of methods of its own, indented and formatted, which call members of what it derives from. */
  readonly methods: readonly string[];
}

/** A name that no class of ours has. */
const CLASS = 'Subclass_';

/** The composition of a subclass's module. */
export function subclass({ name, bases, constants, methods, roots, ...composition }: Subclass): Composition {
  return {
    ...composition,
    module: written(bases, constants, methods),
    classes: [{ name: CLASS, as: name, features: [] }],
    values: Object.fromEntries(constants.map(each => [`${CLASS}.${each.name}`, each.value])),
    roots: [...constants.map(each => each.name), ...methods.map(methodName), ...roots],
  };
}

function methodName(source: string): string {
  return /def (\w+)/.exec(source)?.[1] ?? '';
}

function written(
  bases: readonly RuntimeClass[],
  constants: readonly Constant[],
  methods: readonly string[],
): WrittenModule {
  const lines = constants.flatMap(({ name, comment }) => [...(comment ? [`# ${comment}`] : []), `${name} = None`]);
  return {
    path: 'kinds/subclass.py',
    source: [
      ...bases.map(base => `from ${dottedName(base.module)} import ${base.class}`),
      `class ${CLASS}(${bases.map(base => base.class).join(', ')}):`,
      ...(lines.length + methods.length > 0 ? lines : ['pass']).map(line => `    ${line}`),
      ...methods,
      '',
    ].join('\n'),
  };
}
