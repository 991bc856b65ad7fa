"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { submitTo } from "#app/_components/submit-to.ts";
import type { TeamName } from "#app/_server/teams.ts";
import { recordPriceAction } from "../actions.ts";
import { FORM_UNITS, PRICE_KINDS, type PriceKind } from "../price-form-input.ts";
import { ConditionFields } from "./condition-fields.tsx";

export type PriceFormStart = {
  readonly kind: PriceKind;
  readonly provider: string;
  readonly model: string;
  readonly tier: string;
  /** YYYY-MM-DD, or "". */
  readonly from: string;
};

/** Records prices of one model: published, agreed, estimated or free. */
export function PriceForm({
  start,
  teams,
}: {
  readonly start: PriceFormStart;
  readonly teams: readonly TeamName[];
}) {
  const t = useTranslations("Prices");
  const [state, action, busy] = useActionState(recordPriceAction, {});
  const [kind, setKind] = useState<PriceKind>(start.kind);
  return (
    <form onSubmit={submitTo(action)} className="flex flex-col gap-4 p-4">
      {state.done !== undefined && <Notice title={state.done} />}
      {state.mistakes !== undefined && (
        <Notice tone="danger" title={t("mistakes")}>
          {state.mistakes.map((mistake) => (
            <p key={mistake}>{mistake}</p>
          ))}
        </Notice>
      )}
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          label={t("kind")}
          name="kind"
          value={kind}
          hint={t(`kindHints.${kind}`)}
          onChange={(event) => setKind(event.target.value as PriceKind)}
        >
          {PRICE_KINDS.map((name) => (
            <option key={name} value={name}>
              {t(`kinds.${name}`)}
            </option>
          ))}
        </SelectField>
        {kind === "contract" && <TeamField teams={teams} />}
        <TextField
          label={t("provider")}
          name="provider"
          defaultValue={start.provider}
          maxLength={200}
        />
        <TextField label={t("model")} name="model" defaultValue={start.model} maxLength={200} />
        <TextField
          label={t("tier")}
          name="tier"
          defaultValue={start.tier}
          maxLength={64}
          placeholder="standard"
        />
      </div>
      {kind !== "free" && <AmountFields kind={kind} />}
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <TextField
          label={t("from")}
          name="effective_from"
          type="date"
          defaultValue={start.from}
          hint={t("fromHint")}
        />
        <TextField label={t("to")} name="effective_to" type="date" hint={t("toHint")} />
        <TextField label={t("sourceUrl")} name="source_url" type="url" maxLength={1_000} />
        <TextField label={t("sourceQuote")} name="source_quote" maxLength={2_000} />
      </div>
      <ConditionFields />
      <div>
        <Button type="submit" variant="primary" disabled={busy}>
          {t("recordPrices")}
        </Button>
      </div>
    </form>
  );
}

/** What each unit costs; a contract may take something off the list instead. */
function AmountFields({ kind }: { readonly kind: PriceKind }) {
  const t = useTranslations("Prices");
  const units = useTranslations("Units");
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-5">
      {FORM_UNITS.map((unit) => (
        <TextField
          key={unit}
          label={units(unit)}
          name={`amount.${unit}`}
          inputMode="decimal"
          pattern="\d{1,12}(\.\d{1,12})?"
          hint={t(kind === "estimate" ? "perBlock" : "perMillionShort")}
        />
      ))}
      {kind === "estimate" && (
        <TextField
          label={t("block")}
          name="per"
          inputMode="numeric"
          pattern="[0-9 ,_]{1,13}"
          placeholder="1000000"
          hint={t("blockHint")}
        />
      )}
      {kind === "contract" && (
        <TextField
          label={t("discount")}
          name="discount"
          placeholder="15%"
          hint={t("discountHint")}
        />
      )}
    </div>
  );
}

function TeamField({ teams }: { readonly teams: readonly TeamName[] }) {
  const t = useTranslations("Prices");
  return (
    <SelectField label={t("team")} name="team">
      <option value="">{t("wholeOrganisation")}</option>
      {teams.map(({ slug, name }) => (
        <option key={slug} value={slug}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
