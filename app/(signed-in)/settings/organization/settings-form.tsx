"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState } from "react";
import { Facts } from "#app/_components/facts.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { OrganizationSettings } from "#lib/organization/settings.ts";
import { saveSettingsAction } from "./actions.ts";

const PATTERNS = ["months", "4-4-5", "4-5-4", "5-4-4"] as const;
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

export function SettingsForm({
  settings,
  zones,
  current,
  mayChange,
}: {
  readonly settings: OrganizationSettings;
  readonly zones: readonly string[];
  /** The fiscal periods of today, in words. */
  readonly current: { readonly month: string; readonly quarter: string; readonly year: string };
  readonly mayChange: boolean;
}) {
  const t = useTranslations("Settings");
  const locale = useLocale();
  const [{ message, done }, save, busy] = useActionState(saveSettingsAction, {});
  const nameOf = (date: Date, part: "month" | "weekday") =>
    new Intl.DateTimeFormat(locale, { [part]: "long", timeZone: "UTC" }).format(date);
  return (
    <form onSubmit={submitByHand(save)} className="flex max-w-4xl flex-col gap-5">
      {message !== undefined && <Notice tone="danger" title={message} />}
      <fieldset disabled={!mayChange} className="contents">
        <Panel title={t("organization")}>
          <div className="grid gap-3 p-4 sm:grid-cols-2">
            <TextField
              label={t("name")}
              name="name"
              required
              maxLength={120}
              defaultValue={settings.name}
            />
            <TextField
              label={t("timeZone")}
              name="timeZone"
              required
              list="time-zones"
              autoComplete="off"
              spellCheck={false}
              defaultValue={settings.timeZone}
              hint={t("timeZoneHint")}
            />
            <datalist id="time-zones">
              {["UTC", ...zones].map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </div>
        </Panel>
        <Panel title={t("fiscal")} note={t("fiscalNote")}>
          <div className="grid gap-3 p-4 sm:grid-cols-3">
            <SelectField
              label={t("yearStart")}
              name="fiscalYearStartMonth"
              defaultValue={settings.fiscalYearStartMonth}
            >
              {MONTHS.map((month) => (
                <option key={month} value={month}>
                  {nameOf(new Date(Date.UTC(2026, month - 1, 1)), "month")}
                </option>
              ))}
            </SelectField>
            <SelectField
              label={t("pattern")}
              name="fiscalPattern"
              defaultValue={settings.fiscalPattern}
            >
              {PATTERNS.map((pattern) => (
                <option key={pattern} value={pattern}>
                  {pattern === "months" ? t("calendarMonths") : t("weeks", { pattern })}
                </option>
              ))}
            </SelectField>
            <SelectField
              label={t("weekStart")}
              name="fiscalWeekStart"
              defaultValue={settings.fiscalWeekStart}
              hint={t("weekStartHint")}
            >
              {WEEKDAYS.map((weekday) => (
                <option key={weekday} value={weekday}>
                  {nameOf(new Date(Date.UTC(2026, 5, weekday)), "weekday")}
                </option>
              ))}
            </SelectField>
          </div>
          <div className="border-line border-t">
            <Facts
              facts={[
                [t("thisMonth"), current.month],
                [t("thisQuarter"), current.quarter],
                [t("thisYear"), current.year],
              ]}
            />
          </div>
        </Panel>
      </fieldset>
      {mayChange && (
        <FormEnd busy={busy} done={done}>
          {t("save")}
        </FormEnd>
      )}
    </form>
  );
}
