import { language } from "./catalogue.ts";

/** "Karens", "Jonas’": whose something is. */
export function ownerOf(name: string): string {
  if (language.value === "en") return `${name}’s`;
  return /[sxz]$/i.test(name) ? `${name}’` : `${name}s`;
}

/** Words as somebody wrote them, in the reader's quotation marks. */
export function quoted(text: string): string {
  if (language.value === "en") return `“${text}”`;
  return language.value === "nb" ? `«${text}»` : `”${text}”`;
}
