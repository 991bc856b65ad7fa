"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField } from "#app/_components/field.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { chooseCurrencyAction } from "./actions.ts";

/** The choice among the currencies that have rates. */
export function ReportingForm({
  currencies,
  reporting,
}: {
  readonly currencies: readonly string[];
  readonly reporting: string;
}) {
  const t = useTranslations("Currency");
  // A form's action would put a plain field back to what it was.
  const [chosen, setChosen] = useState(reporting);
  const [{ message, done }, action, busy] = useActionState(chooseCurrencyAction, {});
  return (
    <Panel title={t("reporting")} note={t("reportingNote")}>
      <form action={action} className="flex flex-wrap items-end gap-3 p-4">
        <div className="w-56">
          <SelectField
            label={t("currency")}
            name="currency"
            value={chosen}
            onChange={({ target }) => setChosen(target.value)}
            error={message}
          >
            <option value="USD">{t("dollar")}</option>
            {currencies.map((currency) => (
              <option key={currency} value={currency}>
                {currency}
              </option>
            ))}
          </SelectField>
        </div>
        <Button type="submit" disabled={busy}>
          {t("choose")}
        </Button>
        <p role="status" className="text-good">
          {done}
        </p>
      </form>
    </Panel>
  );
}
