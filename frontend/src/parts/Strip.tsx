import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";
import css from "./Strip.module.css";

interface Props {
  readonly children: ComponentChildren;
  readonly icon?: IconName;
  /** Said so that nobody overlooks it, and still without red. */
  readonly loud?: boolean;
}

/** One calm line about how things stand, under the top bar. */
export function Strip({ children, icon, loud }: Props) {
  return (
    <div class={loud ? `${css.strip} ${css.loud}` : css.strip}>
      {icon && <Icon name={icon} />}
      {children}
    </div>
  );
}
