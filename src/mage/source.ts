import { type Place, refuse } from '../python/refusal.ts';

/** What is registered of a new source. */
export interface Registration {
  /** As Mage's list shows it. */
  readonly name: string;
  readonly className: string;
  /** The folder. */
  readonly uuid: string;
  readonly sql: boolean;
  readonly description: string;
  /** The body of the documentation page: Markdown, escaped for MDX. */
  readonly documentation: string;
  /** Requirements by PEP 508, e.g. `psycopg2-binary>=2.9`. */
  readonly pythonPackages: readonly string[];
}

/** A source as a registry of Mage's names it. */
export interface RegisteredSource {
  readonly name: string;
  readonly uuid: string;
  readonly className: string;
}

/** The keys of a registry's entry, of which only the name is required. */
export interface RegistryKeys {
  readonly name: string;
  readonly module_name?: string;
  readonly uuid?: string;
}

/** The source that an entry stands for, with the class and the uuid that Mage derives from the name (get_uuid and build_integration_module_info). */
export function fromKeys({ name, module_name, uuid }: RegistryKeys): RegisteredSource {
  return {
    name,
    uuid: uuid || name.toLowerCase().replaceAll(' ', '_'),
    className: module_name ?? name.replaceAll(' ', ''),
  };
}

/** The entry of a source: the name, and what Mage can't derive from it. */
export function toKeys({ name, className, uuid }: RegisteredSource): RegistryKeys {
  const derived = fromKeys({ name });
  return {
    name,
    ...(className === derived.className ? {} : { module_name: className }),
    ...(uuid === derived.uuid ? {} : { uuid }),
  };
}

/** Whether a source is among those registered. Refuses if its name or its uuid belongs to another one. */
export function isRegistered(registered: readonly RegisteredSource[], source: RegisteredSource, place: Place): boolean {
  if (registered.some(({ name, uuid }) => name === source.name && uuid === source.uuid)) return true;
  const other = registered.find(({ name, uuid }) => name === source.name || uuid === source.uuid);
  return other ? refuse(place, `the source "${other.name}" with the uuid ${other.uuid} is registered already`) : false;
}
