"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { monthName } from "#app/_format/format-time.ts";
import { keyName } from "#lib/access/key-name.ts";
import { WEEK_PATTERNS } from "#lib/time/fiscal.ts";
import type { Choices, FieldErrors } from "./budget-form.tsx";
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
const CALENDAR = ["rollover_cap", "pacing_limit"];
const ALERTS = ["owner", "parent_id", "quiet_from", "quiet_to"];
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

type FieldProps = {
  readonly start: BudgetFormStart;
  readonly choices: Choices;
  readonly errors: FieldErrors;
};

/** What most budgets leave as it is. */
export function AdvancedFields(props: FieldProps) {
  return (
    <>
      <NarrowFields {...props} />
      <CalendarFields {...props} />
      <AlertFields {...props} />
    </>
  );
}

/** All parts of the scope but the team. */
function NarrowFields({ start, choices, errors }: FieldProps) {
  const t = useTranslations("Budgets");
  const isWrong = [...NARROWER, "key"].some((name) => `scope.${name}` in errors);
  return (
    <Group title={t("narrow")} isOpen={start.isNarrow || isWrong}>
      {NARROWER.map((dimension) => (
        <TextField
          key={dimension}
          label={t(`scope.${dimension}`)}
          name={`scope.${dimension}`}
          maxLength={400}
          defaultValue={start.scope[dimension]}
          list={dimension === "user" ? undefined : `names-of-${dimension}`}
          error={errors[`scope.${dimension}`]}
        />
      ))}
      {Object.entries(choices.names).map(([dimension, names]) => (
        <datalist key={dimension} id={`names-of-${dimension}`}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      ))}
      <SelectField
        label={t("scope.key")}
        name="scope.key"
        defaultValue={start.scope.key}
        error={errors["scope.key"]}
      >
        <option value="">{t("any")}</option>
        {choices.keys.map(({ id, label }) => (
          <option key={id} value={id}>
            {keyName(id, label)}
          </option>
        ))}
      </SelectField>
    </Group>
  );
}

/** The year, what goes on to the next period, and limits inside it. */
function CalendarFields({ start, errors }: FieldProps) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  return (
    <Group title={t("calendarAndRollover")} isOpen={CALENDAR.some((name) => name in errors)}>
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
            {monthName(month, locale)}
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
        error={errors.rollover_cap}
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
        error={errors.pacing_limit}
      />
      <SelectField label={t("costBasis")} name="cost_basis" defaultValue={start.costBasis}>
        <option value="effective">{t("effective")}</option>
        <option value="list">{t("list")}</option>
      </SelectField>
    </Group>
  );
}

/** Whose it is, what it belongs to, and when it is quiet. */
function AlertFields({ start, choices, errors }: FieldProps) {
  const t = useTranslations("Budgets");
  return (
    <Group title={t("alertsAndOwner")} isOpen={ALERTS.some((name) => name in errors)}>
      <TextField
        label={t("owner")}
        name="owner"
        maxLength={200}
        defaultValue={start.owner}
        error={errors.owner}
      />
      <SelectField
        label={t("parent")}
        name="parent_id"
        defaultValue={start.parentId}
        error={errors.parent_id}
      >
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
        error={errors.quiet_from}
      />
      <TextField
        label={t("quietTo")}
        name="quiet_to"
        type="time"
        defaultValue={start.quietTo}
        error={errors.quiet_to}
      />
      <label className="flex min-h-8 items-center gap-2 self-end">
        <input type="checkbox" name="digest" defaultChecked={start.hasDigest} />
        {t("digest")}
      </label>
    </Group>
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
