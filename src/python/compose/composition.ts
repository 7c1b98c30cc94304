import type { Value } from './values.ts';

/** A class of a real module, which is named by its path below `src`. */
export interface RuntimeClass {
  readonly module: string;
  readonly class: string;
}

/**
 * A class with other names for what its module defines, members too, so that it can be taken several times. Values are given for the new names.
 */
export interface RenamedClass extends RuntimeClass {
  readonly rename: Readonly<Record<string, string>>;
}

/** A class that is made out of a base class and the features that a connector needs of it. */
export interface ComposedClass {
  /** The base class, by its name in the composition's module. */
  readonly name: string;
  /** What it is called in the result. */
  readonly as: string;
  /** Classes that derive from it, in order; a chain of several is followed. */
  readonly features: readonly (RuntimeClass | RenamedClass)[];
}

/** A module that is written as if it were a real one. */
export interface WrittenModule {
  /** Where it would stand below `src`; no other module may have this path. */
  readonly path: string;
  readonly source: string;
}

/** A module of a connector, made out of real modules. */
export interface Composition {
  /** The real module, by its path below `src`, or one that was written for this; its definitions keep their order. */
  readonly module: string | WrittenModule;
  /** Its docstring, any text; empty for none. */
  readonly docstring: string;
  readonly classes: readonly ComposedClass[];
  /** New names for names of the module level, also for those that are imported from modules in `modules`. */
  readonly rename: Readonly<Record<string, string>>;
  /**
   * Where runtime modules stand that are modules of the connector themselves, by their dotted names: what is imported from
   * them is imported from there. All others are composed into this module.
   */
  readonly modules: Readonly<Record<string, string>>;
  /** Imports for the names that `values` have, by module; only those are kept that something refers to. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
  /** What stands for constants: `NAME` of the module, `Class.NAME` of a composed class by its name in the real module. */
  readonly values: Readonly<Record<string, Value>>;
  /** What is kept though nothing refers to it, each a member of a composed class or a name of the module level. */
  readonly roots: readonly string[];
  /** What is kept if it is there: the names that other modules refer to, such as the `references` of their result. */
  readonly uses: Iterable<string>;
}

/** A composed module. */
export interface Composed {
  readonly text: string;
  /** True where something that was set or renamed may have another form when Ruff formats it. */
  readonly needsRuff: boolean;
  /** Names and attributes that the module refers to, for `uses` of the modules that it imports. */
  readonly references: ReadonlySet<string>;
  /** Names that its module level has: definitions and imports. */
  readonly names: ReadonlySet<string>;
}
