import { useId } from "preact/hooks";
import css from "./Check.module.css";
import { Icon } from "./Icon.tsx";

interface Props {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** One thing that somebody says is so; the whole row is the box. */
export function Check({ label, hint, isOn, onChange }: Props) {
  const id = useId();
  return (
    <label class={css.check}>
      <input
        type="checkbox"
        class="sr"
        checked={isOn}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class={isOn ? `${css.box} ${css.on}` : css.box}>{isOn && <Icon name="check" />}</span>
      <span>
        {label}
        {hint && (
          <span id={`${id}-hint`} class={css.hint}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
