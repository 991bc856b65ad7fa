"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { WEEK_PATTERNS } from "#lib/time/fiscal.ts";
import type { Choices } from "./budget-form.tsx";
import type { BudgetFormStart } from "./form-start.ts";

const NARROWER = [
  "cost_center",
  "project",
  "agent",
  "workflow",
  "user",
  "model",
  "provider",
] as const;
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** What most budgets leave as it is. */
export function AdvancedFields({
  start,
  choices,
}: {
  readonly start: BudgetFormStart;
  readonly choices: Choices;
}) {
  const t = useTranslations("Budgets");
  return (
    <>
      <Group title={t("narrow")} isOpen={start.isNarrow}>
        {NARROWER.map((dimension) => (
          <TextField
            key={dimension}
            label={t(`scope.${dimension}`)}
            name={`scope.${dimension}`}
            maxLength={400}
            defaultValue={start.scope[dimension]}
          />
        ))}
        <SelectField label={t("scope.key")} name="scope.key" defaultValue={start.scope.key}>
          <option value="">{t("any")}</option>
          {choices.keys.map(({ id, label }) => (
            <option key={id} value={id}>
              {label === "" ? id : label}
            </option>
          ))}
        </SelectField>
      </Group>
      <Group title={t("calendarAndRollover")} isOpen={false}>
        {/* The day that weeks begin on comes from the organisation, and stays with the budget. */}
        <input type="hidden" name="week_start" value={start.weekStart} />
        <SelectField label={t("calendar")} name="calendar" defaultValue={start.calendar}>
          <option value="months">{t("calendarMonths")}</option>
          {WEEK_PATTERNS.map((pattern) => (
            <option key={pattern} value={pattern}>
              {t("calendarWeeks", { pattern })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("yearStart")}
          name="year_start_month"
          defaultValue={start.yearStartMonth}
        >
          {MONTHS.map((month) => (
            <option key={month} value={month}>
              {month}
            </option>
          ))}
        </SelectField>
        <SelectField label={t("rollover")} name="rollover" defaultValue={start.rollover}>
          <option value="none">{t("rolloverNone")}</option>
          <option value="unspent">{t("rolloverUnspent")}</option>
        </SelectField>
        <TextField
          label={t("rolloverCap")}
          name="rollover_cap"
          inputMode="decimal"
          defaultValue={start.rolloverCap}
        />
        <SelectField label={t("pacing")} name="pacing_unit" defaultValue={start.pacingUnit}>
          <option value="day">{t("periods.day")}</option>
          <option value="week">{t("periods.week")}</option>
        </SelectField>
        <TextField
          label={t("pacingLimit")}
          name="pacing_limit"
          inputMode="decimal"
          hint={t("pacingHint")}
          defaultValue={start.pacingLimit}
        />
        <SelectField label={t("costBasis")} name="cost_basis" defaultValue={start.costBasis}>
          <option value="effective">{t("effective")}</option>
          <option value="list">{t("list")}</option>
        </SelectField>
      </Group>
      <Group title={t("alertsAndOwner")} isOpen={false}>
        <TextField label={t("owner")} name="owner" maxLength={200} defaultValue={start.owner} />
        <SelectField label={t("parent")} name="parent_id" defaultValue={start.parentId}>
          <option value="">{t("noParent")}</option>
          {choices.parents
            .filter(({ id }) => id !== start.id)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </SelectField>
        <TextField
          label={t("quietFrom")}
          name="quiet_from"
          type="time"
          defaultValue={start.quietFrom}
        />
        <TextField label={t("quietTo")} name="quiet_to" type="time" defaultValue={start.quietTo} />
        <label className="flex min-h-8 items-center gap-2 self-end">
          <input type="checkbox" name="digest" defaultChecked={start.hasDigest} />
          {t("digest")}
        </label>
      </Group>
    </>
  );
}

function Group({
  title,
  isOpen,
  children,
}: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details open={isOpen} className="rounded-md border border-line">
      <summary className="min-h-9 cursor-pointer px-3 py-2 font-medium hover:bg-hover">
        {title}
      </summary>
      <div className="grid gap-3 border-line border-t p-3 sm:grid-cols-2 lg:grid-cols-4">
        {children}
      </div>
    </details>
  );
}
