import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const Tile = z.object({
  kecamatan: z.string(),
  /** From the west and from the north, from 0. */
  column: z.number().int().min(0),
  row: z.number().int().min(0),
});

/** A kecamatan's place on the map of equal tiles. */
export type KecamatanTile = z.infer<typeof Tile>;

/** data/kecamatan-tiles.json: another regency puts its own there. */
export function readTiles(root: string): readonly KecamatanTile[] {
  return z.array(Tile).parse(JSON.parse(readFileSync(path.join(root, 'data/kecamatan-tiles.json'), 'utf8')));
}
