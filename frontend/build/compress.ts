import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { filesIn } from "./files.ts";

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);
const text = /\.(html|js|css|svg|json|webmanifest|txt)$/;

/** Lays a .br and a .gz beside every text file, where they are smaller; the server never compresses while it serves. */
export async function compress(dist: string): Promise<void> {
  for (const path of filesIn(dist).filter((name) => text.test(name))) {
    const file = join(dist, path);
    const bytes = readFileSync(file);
    const brotli = {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    keepIfSmaller(`${file}.br`, await toBrotli(bytes, { params: brotli }), bytes);
    keepIfSmaller(`${file}.gz`, await toGzip(bytes, { level: 9 }), bytes);
  }
}

function keepIfSmaller(file: string, packed: Uint8Array, bytes: Uint8Array): void {
  if (packed.length < bytes.length) writeFileSync(file, packed);
}
