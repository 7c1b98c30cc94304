import { local } from './local/location.ts';

/** Where files can be. */
export const LOCATIONS = [local] as const;

type Location = (typeof LOCATIONS)[number];

export type LocationName = Location['name'];

/** The location of a name. */
export function locationNamed(name: LocationName): Location {
  return LOCATIONS.find(location => location.name === name) as Location;
}
