import { Button } from "./Button.tsx";
import { TextField } from "./Field.tsx";

interface Props {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly button: string;
  readonly max: number;
  readonly lines?: number;
  readonly value: string;
  readonly onInput: (text: string) => void;
  readonly onAdd: (text: string) => void;
}

/** A field for one more of something; its button is there once something is written. */
export function AddLine({ button, value, onAdd, lines, hint, ...field }: Props) {
  const text = value.trim();
  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (text) onAdd(text);
  };
  return (
    <form onSubmit={onSubmit}>
      <TextField {...field} value={value} {...(hint && { hint })} {...(lines && { lines })} />
      {text && (
        <Button submit wide>
          {button}
        </Button>
      )}
    </form>
  );
}
