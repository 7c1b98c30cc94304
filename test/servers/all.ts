import { cap } from './cap.ts';
import { datasette } from './datasette.ts';
import { jsonServer } from './json-server.ts';
import { kinto } from './kinto.ts';
import { localstripe } from './localstripe.ts';
import { mlflow } from './mlflow.ts';
import { pygeoapi } from './pygeoapi.ts';
import type { RealServer } from './real-server.ts';

/** The servers by their names. */
export const SERVERS: Readonly<Record<string, RealServer>> = {
  ...{ datasette, 'json-server': jsonServer, kinto, mlflow },
  ...{ localstripe, pygeoapi, cap },
};
