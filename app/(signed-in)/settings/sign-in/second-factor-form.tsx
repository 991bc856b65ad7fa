"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { SelectField } from "#app/_components/field.tsx";
import { LineForm } from "#app/_components/line-form.tsx";
import { setSecondFactorRuleAction } from "./actions.ts";

const RULES = ["nobody", "admins", "finance", "everybody"] as const;

/** Whom a password alone does not let in. */
export function SecondFactorForm({ rule }: { readonly rule: (typeof RULES)[number] }) {
  const t = useTranslations("SignInSettings");
  const [{ done }, action, busy] = useActionState(setSecondFactorRuleAction, {});
  return (
    <LineForm action={action} save={t("save")} busy={busy} done={done}>
      <SelectField label={t("factorFor")} hint={t("factorHint")} name="rule" defaultValue={rule}>
        {RULES.map((name) => (
          <option key={name} value={name}>
            {t(`factorRules.${name}`)}
          </option>
        ))}
      </SelectField>
    </LineForm>
  );
}
