/** Places among siblings, written so that there is always room for one more between two (fractional indexes). */

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Sorts as bytes, not as words. */
export function byOrder(a = "", b = ""): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A place after `low` and before `high`; an empty text is no neighbour. It never ends in the lowest digit, so that
 * there is room before it too.
 */
export function between(low: string, high: string): string {
  let place = "";
  for (let i = 0; ; i++) {
    const from = Math.max(0, digits.indexOf(low.charAt(i) || "0"));
    // Once the place lies below `high`, the rest of `high` no longer binds it.
    const bound = isBound(high, place) ? digits.indexOf(high.charAt(i)) : digits.length;
    const to = bound < 0 ? digits.length : bound;
    const middle = Math.floor((from + to) / 2);
    if (middle > from) return place + digits.charAt(middle);
    place += digits.charAt(from);
  }
}

function isBound(high: string, place: string): boolean {
  return high !== "" && high.startsWith(place);
}

/** So many places one after another, the first after `low`. */
export function placesAfter(low: string, count: number): readonly string[] {
  const places: string[] = [];
  for (let last = low; places.length < count; places.push(last)) last = next(last);
  return places;
}

// One digit up while there is room, so that a long list does not grow long places.
function next(low: string): string {
  const at = digits.indexOf(low.charAt(low.length - 1));
  if (low.length > 1 && at >= 0 && at < digits.length - 1) return low.slice(0, -1) + digits.charAt(at + 1);
  return low ? `${low}V` : "a1";
}
