import { markdownCode } from '../../../base/markdown.ts';
import type { ApiModel } from '../model.ts';

/** What the README says of where the connector reads from, and how requests are authenticated. */
export function authNotes({ auth, baseUrl, clientCertificate }: ApiModel): string[] {
  const from = `The connector reads from ${markdownCode(baseUrl)}`;
  const certificate = clientCertificate ? ' It shows the API its `client_certificate`.' : '';
  const notes = new Set(auth.schemes.flatMap(scheme => scheme.notes));
  return [`${from}${schemesText(auth)}.${certificate}`, ...notes];
}

function schemesText({ schemes, choice }: ApiModel['auth']): string {
  const [first] = schemes;
  if (!first) return ' without authentication';
  if (!choice) return ` and ${first.sentence}`;
  const options = schemes.map(({ option, sentence }) => `with ${markdownCode(String(option))}, it ${sentence}`);
  return `. \`auth_type\` says how requests are authenticated: ${options.join('; ')}`;
}
