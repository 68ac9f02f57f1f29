import { useSignal } from "@preact/signals";
import type { RecordID } from "../../../../sync/plan/plan.gen.ts";
import { caseID } from "../../data/case.ts";
import { download } from "../../data/download.ts";
import { tell } from "../../data/saved.ts";
import { formsPDF } from "../../data/store.ts";
import { Button } from "../../parts/Button.tsx";
import { language, t } from "../../text/catalogue.ts";

/** Fetches forms for the archive, one or all; needs the network, and says so. */
export function PdfButton({ words, rec }: { readonly words: string; readonly rec?: RecordID }) {
  const isBusy = useSignal(false);
  const onClick = async () => {
    if (!caseID.value) return;
    isBusy.value = true;
    const file = await formsPDF(caseID.value, language.value, rec);
    isBusy.value = false;
    if (!file) return tell(t("forms.noPdf"), true);
    download(file, "samspor.pdf");
  };
  return (
    <Button busy={isBusy.value} onClick={() => void onClick()}>
      {words}
    </Button>
  );
}
