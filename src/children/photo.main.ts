/**
 * Makes a new JPEG of a photo from outside: upright, at most so large, without anything that was not picture (place, time,
 * camera). Runs in a process of its own (run-capped.ts). Arguments: from, to. Writes one word on stdout: `ok`, or why not.
 */
import sharp from 'sharp';
import type { PhotoEnd } from './reencode-photo.ts';

/** A telephone of 2026 makes 12 to 50 million; one side alone could be a bomb of one colour. */
const mostPixels = 60_000_000;
const longestSide = 1_920;
const quality = 78;

// Every other decoder of libvips (SVG, TIFF, PDF, HEIF, ImageMagick …) stays shut, whatever the file's first bytes say.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegFile', 'VipsForeignLoadPngFile', 'VipsForeignLoadWebpFile'],
});
sharp.cache(false);
sharp.concurrency(1);

async function reencode(from: string, to: string): Promise<PhotoEnd> {
  // Its first bytes alone; nothing is decoded.
  const size = await sharp(from, { limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (size === null) return 'no-photo';
  if (size.width * size.height > mostPixels) return 'too-many-pixels';
  try {
    await sharp(from, { limitInputPixels: mostPixels, failOn: 'error', sequentialRead: true })
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality })
      .toFile(to);
    return 'ok';
  } catch {
    return 'broken';
  }
}

process.stdout.write(`${await reencode(process.argv[2] ?? '', process.argv[3] ?? '')}\n`);
