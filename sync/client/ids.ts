import type { World } from "./types.ts";

/** A new id: 128 random bits as 22 base64url characters, without order or meaning. */
export function newId<ID extends string>(random: World["random"]): ID {
  const bytes = random(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (c) => ({ "+": "-", "/": "_" })[c] ?? "") as ID;
}

/** A wait of between half and all of `ms`, so that many phones do not come back at once. */
export function jittered(ms: number, random: World["random"]): number {
  return Math.round(ms * (0.5 + (random(new Uint8Array(1))[0] ?? 0) / 510));
}
