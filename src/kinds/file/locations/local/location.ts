import { fileLocation } from '../location.ts';

const MODULE = 'kinds/file/locations/local/source.py';

/** Files on the machine that Mage runs on. */
export const local = fileLocation({
  name: 'local',
  pathForm: 'a path of local files, not an address',
  isPath: path => !/^[a-z][a-z0-9+.-]*:\/\//i.test(path),
  pathHelp:
    'a path or a pattern with *, below the folder that base_path configures; {region} becomes a configuration key',
  config: [
    {
      name: 'base_path',
      description: 'The folder that relative paths start from; without it, the one that Mage runs in',
      required: false,
      secret: false,
    },
  ],
  note: 'The files of a stream are read in the order of their names. A path that matches no file is an error, since missing data would go unnoticed.',
  source: defaults => ({
    features: [{ module: MODULE, class: defaults ? 'Placeholders' : 'Local' }],
    values: { DEFAULTS: defaults ?? {} },
  }),
});
