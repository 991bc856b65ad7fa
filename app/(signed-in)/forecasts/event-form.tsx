"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { EventEffect, ForecastEvent } from "#lib/forecasting/events.ts";
import { saveEventAction } from "./actions.ts";
import type { ScopeChoice } from "./scope-choices.ts";
import { ScopeOptions } from "./scope-options.tsx";

const KINDS = ["launch", "price_change", "head_count", "holiday", "exclude", "other"] as const;
const EFFECTS = ["percent", "amount", "quiet"] as const;
const EFFECT_OF = {
  factor: "percent",
  amount: "amount",
  quiet: "quiet",
  exclude: "percent",
} as const;

/** Says what is known of days to come, or which days of the past tell nothing. */
export function EventForm({
  scope,
  choices,
  event,
}: {
  readonly scope: string;
  /** What is edited; a new one where there is none. */
  readonly event?: ForecastEvent;
  readonly choices: readonly ScopeChoice[];
}) {
  const t = useTranslations("Forecasts");
  const [state, action, busy] = useActionState(saveEventAction, {});
  const [kind, setKind] = useState<string>(event?.kind ?? "launch");
  const [effect, setEffect] = useState<(typeof EFFECTS)[number]>(
    event === undefined ? "percent" : EFFECT_OF[event.effect.kind],
  );
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-col gap-3 px-4 pb-4">
      <div role="status" className="empty:hidden">
        {state.done !== undefined && <Notice title={state.done} />}
        {state.message !== undefined && <Notice tone="danger" title={state.message} />}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <input type="hidden" name="id" value={event?.id ?? ""} />
        <TextField
          label={t("label")}
          name="label"
          required
          maxLength={200}
          defaultValue={event?.label}
        />
        <SelectField
          label={t("kind")}
          name="kind"
          value={kind}
          onChange={({ target }) => setKind(target.value)}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {t(`kinds.${each}`)}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("on")} name="scope" defaultValue={event?.scope ?? scope}>
          <ScopeOptions choices={choices} />
        </SelectField>
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={t("firstDay")}
            name="first_day"
            type="date"
            required
            defaultValue={event?.firstDay}
          />
          <TextField
            label={t("lastDay")}
            name="last_day"
            type="date"
            hint={t("lastDayHint")}
            defaultValue={event?.lastDay ?? ""}
          />
        </div>
        {kind !== "exclude" && (
          <>
            <SelectField
              label={t("effect")}
              name="effect"
              value={effect}
              onChange={({ target }) =>
                setEffect(EFFECTS.find((each) => each === target.value) ?? "percent")
              }
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
                defaultValue={event === undefined ? "" : numberOf(event.effect)}
                pattern="[+\-]?\d{1,9}(\.\d{1,6})?"
              />
            )}
          </>
        )}
      </div>
      <div>
        <Button type="submit" variant="primary" disabled={busy}>
          {t(event === undefined ? "add" : "keep")}
        </Button>
      </div>
    </form>
  );
}

/** An effect's number as the form takes it: percent, or dollars a day. */
function numberOf(effect: EventEffect): string {
  if (effect.kind === "amount") return effect.per_day;
  return effect.kind === "factor" ? String(Math.round((effect.factor - 1) * 1e8) / 1e6) : "";
}
