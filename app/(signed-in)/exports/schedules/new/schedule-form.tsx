"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { createScheduleAction } from "../actions.ts";
import { weekdayName } from "../schedule-words.ts";
import { DestinationFields, type DestinationKind, KINDS } from "./destination-fields.tsx";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const DAYS = Array.from({ length: 28 }, (_, at) => at + 1);
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Adds a schedule: what file, when, and where to. */
export function ScheduleForm({
  exports,
  webhooks,
  hasDirectory,
}: {
  readonly exports: readonly string[];
  readonly webhooks: readonly { readonly id: string; readonly name: string }[];
  readonly hasDirectory: boolean;
}) {
  const t = useTranslations("Schedules");
  const locale = useLocale();
  const [kind, setKind] = useState<DestinationKind>("s3");
  const [{ values = {}, errors = {}, message }, action, busy] = useActionState(
    createScheduleAction,
    {},
  );
  return (
    <Panel title={t("new")}>
      <form
        onSubmit={submitByHand(action)}
        className="grid gap-4 p-4 sm:grid-cols-2 xl:grid-cols-3"
      >
        {message !== undefined && (
          <div className="sm:col-span-full">
            <Notice tone="danger" title={message} />
          </div>
        )}
        <TextField label={t("name")} name="name" required maxLength={120} error={errors.name} />
        <SelectField label={t("table")} name="export" defaultValue={values.export ?? "focus"}>
          {exports.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <SelectField label={t("format")} name="format">
          {["csv", "xlsx", "jsonl", "parquet"].map((format) => (
            <option key={format}>{format}</option>
          ))}
        </SelectField>
        <SelectField label={t("when")} name="when" hint={t("whenHint")} error={errors.day}>
          <optgroup label={t("cadenceMonthly")}>
            {DAYS.map((day) => (
              <option key={day} value={`monthly-${day}`}>
                {t("onDay", { day })}
              </option>
            ))}
            <option value="monthly-31">{t("onLastDay")}</option>
          </optgroup>
          <optgroup label={t("cadenceWeekly")}>
            {WEEKDAYS.map((day) => (
              <option key={day} value={`weekly-${day}`}>
                {weekdayName(day, locale)}
              </option>
            ))}
          </optgroup>
        </SelectField>
        <SelectField label={t("hour")} name="hour" defaultValue="6">
          {HOURS.map((hour) => (
            <option key={hour} value={hour}>{`${String(hour).padStart(2, "0")}:00`}</option>
          ))}
        </SelectField>
        <SelectField
          label={t("destination")}
          name="kind"
          value={kind}
          onChange={({ target }) => setKind(KINDS.find((each) => each === target.value) ?? "s3")}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {t(`kinds.${each}`)}
            </option>
          ))}
        </SelectField>
        <DestinationFields
          kind={kind}
          webhooks={webhooks}
          hasDirectory={hasDirectory}
          errors={errors}
        />
        <FormEnd busy={busy} done={undefined}>
          {t("make")}
        </FormEnd>
      </form>
    </Panel>
  );
}
