"use client";

import { useLocale, useTranslations } from "next-intl";
import { TextField } from "#app/_components/field.tsx";
import { weekdayName } from "../price-conditions.tsx";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** For which calls a price holds, where it does not hold for all of its tier. */
export function ConditionFields() {
  const t = useTranslations("Prices");
  const locale = useLocale();
  return (
    <details>
      <summary className="min-h-6 cursor-pointer font-medium">{t("onlySome")}</summary>
      <div className="mt-3 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <TextField label={t("region")} name="region" maxLength={64} placeholder={t("anywhere")} />
        <TextField label={t("speed")} name="speed" maxLength={64} placeholder="fast" />
        <TextField
          label={t("promptsOver")}
          name="context_over"
          inputMode="numeric"
          pattern="[0-9 ,_]{1,13}"
          hint={t("promptsHint")}
        />
        <TextField
          label={t("promptsUpTo")}
          name="context_up_to"
          inputMode="numeric"
          pattern="[0-9 ,_]{1,13}"
        />
        <TextField label={t("hoursFrom")} name="window_from" type="time" hint={t("hoursHint")} />
        <TextField label={t("hoursTo")} name="window_to" type="time" hint={t("hoursToHint")} />
        <TextField
          label={t("clock")}
          name="window_tz"
          maxLength={64}
          placeholder="UTC"
          hint={t("clockHint")}
        />
        <fieldset className="flex flex-col gap-1.5">
          <legend className="font-medium">{t("weekdays")}</legend>
          <div className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1">
            {WEEKDAYS.map((day) => (
              <label key={day} className="flex min-h-6 items-center gap-1.5">
                <input type="checkbox" name="weekday" value={day} />
                {weekdayName(day, locale)}
              </label>
            ))}
          </div>
        </fieldset>
      </div>
    </details>
  );
}
