/** Words of names that have secrets, when they stand at the end or alone: X-Api-Key, access_token, sig. */
const SECRET =
  /(?:^|[-_.])(?:api|access|auth|app|client|private|secret|user|session)?[-_.]?(?:key|token|secret|password|passwd|pwd|pass|signature|sig|auth|authorization|credentials?|jwt|appid|sid)$/i;
/** Names of what isn't secret, though it is called a token or a key. */
const OPEN =
  /page|next|cursor|contin|sync|since|start|after|before|sort|order|group|partition|foreign|primary|idempotency/i;
const JOINED = /(?:apikey|accesskey|authtoken|accesstoken|sessionid|sessiontoken|clientsecret|secretkey)$/i;

/** True for the name of a header, a parameter, a cookie or a field whose value is a secret. */
export function isSecretName(name: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2');
  return !OPEN.test(name) && (SECRET.test(words) || JOINED.test(words.replaceAll(/[-_.]/g, '')));
}

/** True for a value that nobody would choose: long, without spaces, of letters and digits at once. */
export function looksRandom(value: string): boolean {
  if (value.length < 20 || /[\s,?<>{}"']|:\/\//.test(value)) return false;
  // A moment, a media type, words with dashes.
  const isChosen = /^\d{4}-\d{2}-\d{2}|^[a-z]+\/[\w.+-]+$|^[a-z]+(?:[-_.](?:[a-z]+|\d+))*$/.test(value);
  return !isChosen && /\d/.test(value) && /[A-Za-z]/.test(value);
}
