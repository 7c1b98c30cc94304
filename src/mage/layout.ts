import type { LayoutName } from '../base/layout-names.ts';
import type { Registration } from './source.ts';

/** Where a connector goes. */
export interface Layout {
  readonly kind: LayoutName;
  /** Absolute: the checkout of mage-ai, the Mage project, or the folder that standalone connectors are kept in. */
  readonly root: string;
  /** The folder of the connectors, relative to `root`, with `/`; `.` for `root` itself. */
  readonly sources: string;
  /** The Python package of the connectors: `mage_integrations.sources` or `data_integrations.sources`. */
  readonly importRoot: string;
}

/** A connector as far as a layout is concerned. */
export interface Placed {
  /** Its folder, relative to the layout's root, with `/`. */
  readonly folder: string;
  readonly uuid: string;
  /** What its own modules are imported from. */
  readonly importRoot: string;
}

/** A change of one file: pure and idempotent, and it throws a UserError that says what to do by hand if it can't be made. */
export interface Edit {
  /** Relative to the layout's root, with `/`. */
  readonly path: string;
  /** True where the file may be missing, and is created then. */
  readonly create: boolean;
  /** From the file's content, undefined if it is missing, to its new content. */
  readonly transform: (content: string | undefined) => string;
  /** Takes it back, for a connector that goes: undefined where the file goes as well. What others may need stays. */
  readonly revert: (content: string) => string | undefined;
}

/** Tells whether something stands at a path relative to the layout's root. */
export type Exists = (path: string) => boolean;

/** Where the tests of a connector stand. */
export interface TestPlace {
  /** Relative to the layout's root, with `/`. */
  readonly folder: string;
  /** The Python module of that folder. */
  readonly module: string;
}

/** How a connector is run from a shell. */
export interface ShellPlace {
  /** The folder to be in, relative to the layout's root. */
  readonly folder: string;
  /** That folder as the connector's README calls it, as Markdown. */
  readonly described: string;
  /** What goes before all other commands. */
  readonly first: readonly string[];
  /** What Python imports from. */
  readonly path: string;
  /** The connector from there, as a shell takes it. */
  readonly connector: string;
}

/** One of the ways in which Mage keeps connectors (mage-contract.md, section 1). */
export interface LayoutDescriptor {
  readonly name: LayoutName;
  /** What is looked for, for whoever wants this layout where there is none. */
  readonly sign: string;
  /** The layout whose root is a folder, undefined if the folder is no such thing. */
  at(folder: string): Layout | undefined;
  /**
   * The layout that can be made from any folder, undefined where one has to be there. `isWanted` is true where the user asks
   * for this very layout.
   */
  anywhere(folder: string, isWanted: boolean): Layout | undefined;
  /** What registers a source with Mage. What is missing of a checkout's documentation gets no edits. */
  registration(source: Registration, exists: Exists): readonly Edit[];
  /** The source's page in Mage's own documentation, undefined where there is none. */
  page(source: Registration, exists: Exists): { readonly path: string; readonly text: string } | undefined;
  tests(connector: Placed): TestPlace;
  shell(connector: Placed): ShellPlace;
  /** How to see the connector in Mage, as Markdown, where the registration doesn't bring it there; else empty. */
  readonly inMage: string;
  /** What to do to see the connector in Mage's list, as one line for a terminal. */
  readonly toSee: string;
  /** What only the user knows of a folder that is this layout, and another as well; undefined where nothing is to be asked. */
  question(exists: Exists): LayoutQuestion | undefined;
}

/** A question whose answer is a layout. */
export interface LayoutQuestion {
  readonly message: string;
  readonly choices: readonly { readonly value: LayoutName; readonly name: string }[];
}

/** Tests in the connector's own folder, in one that Mage doesn't read. */
export function testsInside({ folder, importRoot }: Placed): TestPlace {
  return { folder: `${folder}/tests`, module: `${importRoot}.tests` };
}

/** A path as a shell takes it. */
export function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
