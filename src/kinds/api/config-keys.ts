import { isUrl } from '../../answers/fields.ts';
import type { ApiConfigKeyAnswer, ConfigType, ConfigTypes } from '../../answers/typed-config-key.ts';
import { nearest } from '../../base/names.ts';
import type { Report } from '../../connector/kind.ts';

/** What is read of a connector's answers. */
interface Answers {
  readonly config?: readonly ApiConfigKeyAnswer[] | undefined;
}

/** What may be configured in place of what it stands for, by the keys. */
export type ConfigValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function configTypes({ config = [] }: Answers): ConfigTypes {
  return Object.fromEntries(config.flatMap(({ name, type }) => (type === undefined ? [] : [[name, type]])));
}

export function configValues({ config = [] }: Answers): ConfigValues {
  return Object.fromEntries(
    config.flatMap(({ name, values }) =>
      values === undefined
        ? []
        : [[name, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]))]],
    ),
  );
}

/** Checks what configuration keys say about their values. */
export function reportConfigKeys({ config = [] }: Answers, report: Report): void {
  config.forEach((key, index) => {
    reportKey(key, (answer, ...rest) => report(['config', index, answer], ...rest));
  });
}

/** Checks that what an address begins with stands for addresses, and so for no host but those of the answers. */
export function reportBeginning(text: string, answers: Answers, report: (message: string, hint: string) => void): void {
  const name = /^\{([a-z][a-z0-9_]*)\}/.exec(text)?.[1];
  if (name === undefined) return;
  const values = Object.values(configValues(answers)[name] ?? {});
  if (values.length === 0 || !values.every(isUrl))
    report(
      `begins with {${name}}, which stands for no addresses`,
      `give it values in config, such as {name: ${name}, values: {eu: "https://eu.acme.test"}}`,
    );
}

function reportKey(
  { values, type, secret, default: standard }: ApiConfigKeyAnswer,
  report: (answer: string, message: string, hint?: string) => void,
): void {
  if (values !== undefined && type !== undefined) report('type', 'has no use beside values');
  if (values !== undefined && secret) report('values', 'would put secrets into the code', 'leave them out');
  if (type === 'boolean' && standard === true)
    report('default', 'cannot be true, since Mage gives false as nothing', 'name the key by its opposite');
  if (standard === undefined || standard === '') return;
  const choices = Object.keys(values ?? {});
  if (values !== undefined && !choices.includes(String(standard))) {
    const meant = nearest(String(standard), choices);
    report('default', `is none of the values: ${meant ? `did you mean ${meant}?` : choices.join(', ')}`);
  }
  if (type !== undefined && !FORMS[type].test(String(standard))) report('default', `is not of the type ${type}`);
}

/** What texts of the types look like. */
const FORMS: Readonly<Record<ConfigType, RegExp>> = {
  list: /\S/,
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?$/,
  date: /^\d{4}-\d\d-\d\d(T.*)?$/,
  boolean: /^(true|false)$/,
};
