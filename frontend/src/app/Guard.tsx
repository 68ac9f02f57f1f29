import { Component, type ComponentChildren } from "preact";
import { Button } from "../parts/Button.tsx";
import { Card } from "../parts/Card.tsx";
import { t } from "../text/catalogue.ts";
import css from "./Shell.module.css";

interface State {
  readonly error: unknown;
}

/** Where a bug ends: kind words and one way on. What is saved on the phone is untouched by it. */
export class Guard extends Component<{ readonly children: ComponentChildren }, State> {
  override state: State = { error: null };

  static override getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    console.error("samspor: a screen failed", error);
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <main class={css.alone}>
        <Card>
          <h1>{t("app.errorTitle")}</h1>
          <p class={css.error}>{t("app.errorText")}</p>
          <Button look="main" wide onClick={() => location.assign("/")}>
            {t("app.errorAgain")}
          </Button>
        </Card>
      </main>
    );
  }
}
