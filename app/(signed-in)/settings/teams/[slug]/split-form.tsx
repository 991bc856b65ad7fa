"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import { splitTeamAction } from "../actions.ts";

const OPERATORS = ["equals", "starts_with", "contains", "exists"] as const;

/** Makes new teams of parts of a team, from a date on. */
export function SplitForm({ slug }: { readonly slug: string }) {
  const t = useTranslations("Teams");
  const [{ message, done }, split, busy] = useActionState(splitTeamAction, {});
  const [parts, setParts] = useState<readonly number[]>([0]);
  return (
    <Panel title={t("split")} note={t("splitNote")}>
      <form onSubmit={submitByHand(split)} className="flex flex-col gap-3 p-4">
        {message !== undefined && <Notice tone="danger" title={message} />}
        <input type="hidden" name="slug" value={slug} />
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label={t("fromDay")}
            name="from"
            type="date"
            required
            hint={t("fromDayHint")}
          />
          <SelectField label={t("place")} name="place" defaultValue="below">
            <option value="below">{t("places.below")}</option>
            <option value="beside">{t("places.beside")}</option>
          </SelectField>
        </div>
        {parts.map((part, index) => (
          <Part
            key={part}
            number={index + 1}
            onRemove={
              parts.length === 1 ? null : () => setParts(parts.filter((other) => other !== part))
            }
          />
        ))}
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={() => setParts([...parts, Math.max(...parts) + 1])}>
            <Plus className="size-3.5" aria-hidden />
            {t("addPart")}
          </Button>
          <Button type="submit" variant="danger" disabled={busy}>
            {t("splitNow")}
          </Button>
          <p role="status" className="text-good">
            {done}
          </p>
        </div>
      </form>
    </Panel>
  );
}

function Part({
  number,
  onRemove,
}: {
  readonly number: number;
  readonly onRemove: (() => void) | null;
}) {
  const t = useTranslations("Teams");
  const rules = useTranslations("Rules");
  return (
    <fieldset className="grid min-w-0 gap-3 border-line border-t pt-3 sm:grid-cols-2">
      <legend className="float-left w-full font-medium sm:col-span-2">
        <span className="flex min-h-8 items-center justify-between">
          {t("part", { number })}
          {onRemove !== null && (
            <button
              type="button"
              onClick={onRemove}
              aria-label={t("removePart", { number })}
              className="grid size-8 place-items-center rounded-md text-faint hover:bg-hover hover:text-text"
            >
              <X className="size-4" aria-hidden />
            </button>
          )}
        </span>
      </legend>
      <TextField label={t("name")} name="name" required maxLength={120} />
      <TextField label={rules("attribute")} name="attribute" required placeholder="service" />
      <SelectField label={rules("operator")} name="operator" defaultValue="equals">
        {OPERATORS.map((operator) => (
          <option key={operator} value={operator}>
            {rules(`operators.${operator}`)}
          </option>
        ))}
      </SelectField>
      <TextField label={rules("value")} name="value" maxLength={256} />
      <div className="sm:col-span-2">
        <TextField label={t("partPeople")} name="people" hint={t("partPeopleHint")} />
      </div>
    </fieldset>
  );
}
