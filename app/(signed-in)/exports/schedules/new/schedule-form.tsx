"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { FormEnd } from "#app/_components/form-end.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { changeScheduleAction, createScheduleAction } from "../actions.ts";
import { weekdayName } from "../schedule-words.ts";
import { DestinationFields, type DestinationKind, KINDS } from "./destination-fields.tsx";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const DAYS = Array.from({ length: 28 }, (_, at) => at + 1);
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

const FORMATS = [
  ["csv", "CSV"],
  ["csv excel", "CSV (Excel)"],
  ["xlsx", "XLSX"],
  ["jsonl", "JSON Lines"],
  ["parquet", "Parquet"],
] as const;

/** What file, when, and where to: of a new schedule, or of the one that `id` names. */
export function ScheduleForm({
  id,
  start = {},
  keepsKeys = false,
  exports,
  webhooks,
  hasDirectory,
}: {
  readonly id?: string;
  readonly start?: Readonly<Record<string, string>>;
  readonly keepsKeys?: boolean;
  readonly exports: readonly string[];
  readonly webhooks: readonly { readonly id: string; readonly name: string }[];
  readonly hasDirectory: boolean;
}) {
  const t = useTranslations("Schedules");
  const locale = useLocale();
  const [kind, setKind] = useState(kindNamed(start.kind));
  const [{ values = start, errors = {}, message }, action, busy] = useActionState(
    id === undefined ? createScheduleAction : changeScheduleAction.bind(null, id),
    {},
  );
  return (
    <Panel title={t(id === undefined ? "new" : "edit")}>
      <form
        onSubmit={submitByHand(action)}
        className="grid gap-4 p-4 sm:grid-cols-2 xl:grid-cols-3"
      >
        {message !== undefined && (
          <div className="sm:col-span-full">
            <Notice tone="danger" title={message} />
          </div>
        )}
        <TextField
          label={t("name")}
          name="name"
          defaultValue={values.name}
          required
          maxLength={120}
          error={errors.name}
        />
        <SelectField label={t("table")} name="export" defaultValue={values.export ?? "focus"}>
          {exports.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <SelectField label={t("format")} name="format" defaultValue={values.format ?? "csv"}>
          {FORMATS.map(([format, words]) => (
            <option key={format} value={format}>
              {words}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("parameters")}
          name="parameters"
          defaultValue={values.parameters}
          placeholder="group_by=team&filter.team=search"
          hint={t("parametersHint")}
          error={errors.parameters}
        />
        <SelectField
          label={t("when")}
          name="when"
          defaultValue={values.when ?? "monthly-1"}
          hint={t("whenHint")}
          error={errors.day}
        >
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
        <SelectField label={t("hour")} name="hour" defaultValue={values.hour ?? "6"}>
          {HOURS.map((hour) => (
            <option key={hour} value={hour}>{`${String(hour).padStart(2, "0")}:00`}</option>
          ))}
        </SelectField>
        <SelectField
          label={t("destination")}
          name="kind"
          value={kind}
          onChange={({ target }) => setKind(kindNamed(target.value))}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {t(`kinds.${each}`)}
            </option>
          ))}
        </SelectField>
        <DestinationFields
          kind={kind}
          start={values}
          keepsKeys={keepsKeys}
          webhooks={webhooks}
          hasDirectory={hasDirectory}
          errors={errors}
        />
        <FormEnd busy={busy} done={undefined}>
          {t(id === undefined ? "make" : "save")}
        </FormEnd>
      </form>
    </Panel>
  );
}

function kindNamed(name: string | undefined): DestinationKind {
  return KINDS.find((each) => each === name) ?? "s3";
}
