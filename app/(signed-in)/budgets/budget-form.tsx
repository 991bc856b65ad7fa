"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import type { ScopeNames } from "#lib/budget-control/scope-names.ts";
import { saveBudgetAction } from "./actions.ts";
import { AdvancedFields } from "./advanced-fields.tsx";
import type { BudgetFormStart } from "./form-start.ts";

const PERIODS = ["day", "week", "month", "quarter", "year", "days"] as const;

export type Choices = {
  readonly teams: readonly TeamName[];
  readonly currencies: readonly string[];
  readonly keys: readonly { readonly id: string; readonly label: string }[];
  readonly parents: readonly { readonly id: string; readonly name: string }[];
  /** What calls are filed under, to choose from. */
  readonly names: ScopeNames;
  /** Whether a budget may be on all teams. */
  readonly mayHaveNoTeam: boolean;
};

/** What is wrong, by the name of a control. */
export type FieldErrors = Readonly<Record<string, string>>;

/** Sets or changes a budget. The usual fields come first; all others are one click away. */
export function BudgetForm({
  start,
  choices,
}: {
  readonly start: BudgetFormStart;
  readonly choices: Choices;
}) {
  const t = useTranslations("Budgets");
  const [state, action, busy] = useActionState(saveBudgetAction, {});
  const { errors = {}, mistakes } = state;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.errors === undefined) return;
    const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    wrong?.focus({ preventScroll: true });
    // In the middle nothing that sticks to an edge hides it.
    wrong?.scrollIntoView({ block: "center" });
  }, [state]);
  return (
    <form ref={form} onSubmit={submitByHand(action)} className="flex flex-col gap-5 p-4">
      <input type="hidden" name="id" value={start.id} />
      {(state.errors ?? mistakes) !== undefined && (
        <Notice tone="danger" title={t("mistakes")}>
          {mistakes?.map((mistake) => (
            <p key={mistake}>{mistake}</p>
          ))}
        </Notice>
      )}
      <WhatFields start={start} choices={choices} errors={errors} />
      <WhenFields start={start} errors={errors} />
      <AdvancedFields start={start} choices={choices} errors={errors} />
      <div>
        <Button type="submit" variant="primary" disabled={busy}>
          {start.id === "" ? t("create") : t("save")}
        </Button>
      </div>
    </form>
  );
}

/** On what, and how much. */
function WhatFields({
  start,
  choices,
  errors,
}: {
  readonly start: BudgetFormStart;
  readonly choices: Choices;
  readonly errors: FieldErrors;
}) {
  const t = useTranslations("Budgets");
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <TextField
        label={t("name")}
        name="name"
        required
        maxLength={200}
        defaultValue={start.name}
        error={errors.name}
      />
      <SelectField
        label={t("scope.team")}
        name="scope.team"
        defaultValue={start.scope.team}
        error={errors["scope.team"]}
      >
        {choices.mayHaveNoTeam && <option value="">{t("wholeOrganization")}</option>}
        {choices.teams.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("limit")}
        name="limit"
        required
        inputMode="decimal"
        defaultValue={start.limit}
        error={errors.limit}
      />
      <SelectField
        label={t("currency")}
        name="currency"
        defaultValue={start.currency}
        error={errors.currency}
      >
        {choices.currencies.map((code) => (
          <option key={code} value={code}>
            {code}
          </option>
        ))}
        <option value="tokens">{t("tokens")}</option>
      </SelectField>
    </div>
  );
}

/** In which period, and what is told. */
function WhenFields({
  start,
  errors,
}: {
  readonly start: BudgetFormStart;
  readonly errors: FieldErrors;
}) {
  const t = useTranslations("Budgets");
  const [period, setPeriod] = useState(start.period);
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <SelectField
        label={t("period")}
        name="period"
        value={period}
        onChange={(event) => setPeriod(event.target.value)}
      >
        {PERIODS.map((name) => (
          <option key={name} value={name}>
            {t(`periods.${name}`)}
          </option>
        ))}
      </SelectField>
      {period === "days" && (
        <>
          <TextField
            label={t("days")}
            name="days"
            type="number"
            min={1}
            max={400}
            required
            defaultValue={start.days}
            error={errors.days}
          />
          <TextField
            label={t("anchor")}
            name="anchor"
            type="date"
            required
            defaultValue={start.anchor}
            error={errors.anchor}
          />
        </>
      )}
      <TextField
        label={t("actualThresholds")}
        name="actual"
        hint={t("percentHint")}
        defaultValue={start.actual}
        error={errors.actual}
        maxLength={200}
      />
      <TextField
        label={t("forecastThresholds")}
        name="forecast"
        hint={t("forecastHint")}
        defaultValue={start.forecast}
        error={errors.forecast}
        maxLength={200}
      />
      {start.startsAt !== null && (
        <TextField
          label={t("startsAt")}
          name="starts_at"
          type="date"
          hint={t("startsAtHint")}
          defaultValue={start.startsAt}
          error={errors.starts_at}
        />
      )}
    </div>
  );
}
