import { connectorNameFault, MAX_NAME_LENGTH } from '../../base/names.ts';

/** The title as a connector's name: on one line, without "API" and versions where more is left. */
export function nameOf(title: string): string | undefined {
  const plain = title.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
  const short = plain.replace(/(?: REST)?(?: API)?(?: v?\d[\d.]*)?$/i, '').trim();
  const name = (short.length > 2 ? short : plain).slice(0, MAX_NAME_LENGTH).trim();
  return connectorNameFault(name) === undefined && /[A-Za-z]/.test(name) ? name : undefined;
}
