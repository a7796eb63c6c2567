/**
 * Style sheet and pictures, read once. Their address holds a hash of their bytes, so that they may be kept for ever and a
 * new version is never mixed with an old one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256Hex } from '../kit/hash.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
};

export interface Asset {
  /** `/assets/{hash}/{name}` */
  readonly path: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Assets {
  readonly byPath: ReadonlyMap<string, Asset>;
  /** Address of a file of the folder; a name that is not there is a bug. */
  readonly path: (name: string) => string;
  /** Changes with any byte of any asset. */
  readonly version: string;
}

/** `src/serve/assets/`, or the copy that the build leaves beside the compiled file. */
export function loadAssets(folder = fileURLToPath(new URL('./assets/', import.meta.url))): Assets {
  const names = readdirSync(folder).filter((name) => mediaTypes[ending(name)] !== undefined);
  const files = names.sort().map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
  // One hash for the folder: the style sheet names pictures beside itself, and their addresses must change with it.
  const version = sha256Hex(files.map(({ name, bytes }) => `${name} ${sha256Hex(bytes)}`).join('\n')).slice(0, 12);
  const assets = files.map(({ name, bytes }) => ({
    name,
    path: `/assets/${version}/${name}`,
    mediaType: mediaTypes[ending(name)] ?? 'application/octet-stream',
    bytes,
  }));
  return {
    byPath: new Map(assets.map((asset) => [asset.path, asset])),
    path: (name) => {
      const asset = assets.find((each) => each.name === name);
      if (asset === undefined) throw new Error(`asset ${name}: not in ${folder}; expected one of ${names.join(', ')}`);
      return asset.path;
    },
    version,
  };
}

function ending(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
