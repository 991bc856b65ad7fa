"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { addEventAction } from "./actions.ts";
import type { ScopeChoice } from "./scope-choices.ts";
import { ScopeOptions } from "./scope-options.tsx";

const KINDS = ["launch", "price_change", "head_count", "holiday", "exclude", "other"] as const;
const EFFECTS = ["percent", "amount", "quiet"] as const;

/** Says what is known of days to come, or which days of the past tell nothing. */
export function EventForm({
  scope,
  choices,
}: {
  readonly scope: string;
  readonly choices: readonly ScopeChoice[];
}) {
  const t = useTranslations("Forecasts");
  const [state, action, busy] = useActionState(addEventAction, {});
  const [kind, setKind] = useState<string>("launch");
  const [effect, setEffect] = useState<string>("percent");
  // As a form's action it would empty the fields, also after a mistake.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    startTransition(() => action(form));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 px-4 pb-4">
      <div role="status" className="empty:hidden">
        {state.done !== undefined && <Notice title={state.done} />}
        {state.message !== undefined && <Notice tone="danger" title={state.message} />}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label={t("label")} name="label" required maxLength={200} />
        <SelectField
          label={t("kind")}
          name="kind"
          value={kind}
          onChange={(event) => setKind(event.target.value)}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {t(`kinds.${each}`)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("on")} name="scope" defaultValue={scope}>
          <ScopeOptions choices={choices} />
        </SelectField>
        <div className="grid grid-cols-2 gap-3">
          <TextField label={t("firstDay")} name="first_day" type="date" required />
          <TextField label={t("lastDay")} name="last_day" type="date" hint={t("lastDayHint")} />
        </div>
        {kind !== "exclude" && (
          <>
            <SelectField
              label={t("effect")}
              name="effect"
              value={effect}
              onChange={(event) => setEffect(event.target.value)}
            >
              {EFFECTS.map((each) => (
                <option key={each} value={each}>
                  {t(`effects.${each}`)}
                </option>
              ))}
            </SelectField>
            {effect !== "quiet" && (
              <TextField
                label={t(effect === "percent" ? "percentChange" : "amountChange")}
                name="value"
                required
                inputMode="decimal"
                pattern="[+\-]?\d{1,9}(\.\d{1,6})?"
              />
            )}
          </>
        )}
      </div>
      <div>
        <Button type="submit" variant="primary" disabled={busy}>
          {t("add")}
        </Button>
      </div>
    </form>
  );
}
