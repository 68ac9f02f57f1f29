import css from "./Icon.module.css";

// Drawn by Lucide (ISC licence); only what is used.
const paths = {
  plan: "M6 4v16M6 7h9a3 3 0 0 1 0 6H6m0 0h12a3 3 0 0 1 0 6H6",
  tasks: "M13 5h8M13 12h8M13 19h8M3 17l2 2 4-4M3 7l2 2 4-4",
  meetings: "M8 2v4M16 2v4M3.5 10h17M6.5 4h11a3 3 0 0 1 3 3v10.5a3 3 0 0 1-3 3h-11a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z",
  contacts:
    "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M16 3.128a4 4 0 0 1 0 7.744M22 21v-2a4 4 0 0 0-3-3.87M5 7a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
  phone:
    "M13.832 16.568a1 1 0 0 0 1.213-.303l.355-.465A2 2 0 0 1 17 15h3a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2A18 18 0 0 1 2 4a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v3a2 2 0 0 1-.8 1.6l-.468.351a1 1 0 0 0-.292 1.233 14 14 0 0 0 6.392 6.384",
  check: "M5 12.5l4.5 4.5L19 7.5",
  offline:
    "M12 20h.01M8.5 16.429a5 5 0 0 1 7 0M5 12.859a10 10 0 0 1 5.17-2.69M19 12.859a10 10 0 0 0-2.007-1.523M2 8.82a15 15 0 0 1 4.177-2.643M22 8.82a15 15 0 0 0-11.288-3.764M2 2l20 20",
  back: "M15 18l-6-6 6-6",
  forward: "M9 18l6-6-6-6",
  down: "M6 9l6 6 6-6",
  plus: "M5 12h14M12 5v14",
  clock: "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M12 6v6l4 2",
} as const;

export type IconName = keyof typeof paths;

/** A drawing beside a word; never alone, so a screen reader skips it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class={name === "back" || name === "forward" ? `${css.icon} ${css.mirrored}` : css.icon}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
