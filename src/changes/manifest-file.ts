/** Where a connector's own answers and fingerprints stand, beside it: Yeoman's own file and name for that. */
export const MANIFEST_FILE = '.yo-rc.json';
export const MANIFEST_KEY = 'generator-mage-connector';
