"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField } from "#app/_components/field.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { setSecondFactorRuleAction } from "./actions.ts";

const RULES = ["nobody", "admins", "finance", "everybody"] as const;

/** Whom a password alone does not let in. */
export function SecondFactorForm({ rule }: { readonly rule: (typeof RULES)[number] }) {
  const t = useTranslations("SignInSettings");
  const [{ done }, action, busy] = useActionState(setSecondFactorRuleAction, {});
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-wrap items-end gap-3 p-4">
      <div className="w-64">
        <SelectField label={t("factorFor")} hint={t("factorHint")} name="rule" defaultValue={rule}>
          {RULES.map((name) => (
            <option key={name} value={name}>
              {t(`factorRules.${name}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <Button type="submit" disabled={busy}>
        {t("save")}
      </Button>
      <p role="status" className="text-muted">
        {done}
      </p>
    </form>
  );
}
