"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { FileField } from "#app/_components/field.tsx";
import { submitTo } from "#app/_components/submit-to.ts";
import { importBudgetsAction } from "../actions.ts";
import { FormResult } from "../form-result.tsx";

/** A file and two buttons: what it would do, and do it. */
export function ImportForm() {
  const t = useTranslations("Budgets");
  const [state, action, busy] = useActionState(importBudgetsAction, {});
  return (
    <form onSubmit={submitTo(action)} className="flex flex-col gap-4 p-4">
      <FormResult state={state} />
      <div className="max-w-md">
        <FileField label={t("csvFile")} name="file" accept=".csv,text/csv" required />
      </div>
      <div className="flex gap-2">
        <Button type="submit" name="rehearse" value="yes" disabled={busy}>
          {t("rehearse")}
        </Button>
        <Button type="submit" variant="primary" disabled={busy}>
          {t("import")}
        </Button>
      </div>
    </form>
  );
}
