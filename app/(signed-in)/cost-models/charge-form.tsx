"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { ALL_TEAMS } from "#app/_costs/all-teams.ts";
import { CHARGE_KINDS, type ChargeKind, RECURRENCES } from "#lib/cost-model/charge.ts";
import { DraftForm } from "./draft-form.tsx";

export type ChargeStart = {
  readonly id?: string | undefined;
  readonly kind: ChargeKind;
  readonly name: string;
  readonly pool: string;
  readonly person: string;
  readonly provider: string;
  readonly model: string;
  readonly amount: string;
  readonly quantity: string;
  readonly recurrence: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly dailyTokens: string;
  readonly sourceName: string;
  readonly sourceUrl: string;
};

type Choice = { readonly id: string; readonly name: string };

/** What is paid whether it is used or not: a new charge, or the correction of one. */
export function ChargeForm({
  team,
  start,
  pools,
}: {
  readonly team: string;
  readonly start: ChargeStart;
  readonly pools: readonly Choice[];
}) {
  const t = useTranslations("CostModels");
  const [kind, setKind] = useState<ChargeKind>(start.kind);
  return (
    <DraftForm draft="charge" team={team} id={start.id}>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <SelectField
          label={t("chargeKind")}
          name="kind"
          value={kind}
          hint={t(`kindHints.${kind}`)}
          onChange={(event) => setKind(event.target.value as ChargeKind)}
        >
          {CHARGE_KINDS.map((name) => (
            <option key={name} value={name}>
              {t(`kinds.${name}`)}
            </option>
          ))}
        </SelectField>
        <PriceFields start={start} />
        <CoverFields kind={kind} start={start} />
        {team === ALL_TEAMS && <PoolField pools={pools} start={start} />}
        <TextField
          label={t("sourceName")}
          name="source_name"
          maxLength={200}
          defaultValue={start.sourceName}
        />
        <TextField
          label={t("sourceUrl")}
          name="source_url"
          type="url"
          defaultValue={start.sourceUrl}
        />
      </div>
    </DraftForm>
  );
}

function PriceFields({ start }: { readonly start: ChargeStart }) {
  const t = useTranslations("CostModels");
  return (
    <>
      <TextField label={t("name")} name="name" required maxLength={200} defaultValue={start.name} />
      <TextField
        label={t("amount")}
        name="amount"
        required
        inputMode="decimal"
        pattern="\d{1,12}(\.\d{1,12})?"
        defaultValue={start.amount}
        hint={t("amountHint")}
      />
      <SelectField label={t("recurrence")} name="recurrence" defaultValue={start.recurrence}>
        {RECURRENCES.map((name) => (
          <option key={name} value={name}>
            {t(`recurrences.${name}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("quantity")}
        name="quantity"
        type="number"
        min={1}
        required
        defaultValue={start.quantity}
      />
      <TextField
        label={t("startsOn")}
        name="starts_on"
        type="date"
        required
        defaultValue={start.startsOn}
      />
      <TextField
        label={t("endsOn")}
        name="ends_on"
        type="date"
        defaultValue={start.endsOn}
        hint={t("endsOnHint")}
      />
    </>
  );
}

/** Whose seat it is and which usage it pays for, as far as the kind has any. */
function CoverFields({ kind, start }: { readonly kind: ChargeKind; readonly start: ChargeStart }) {
  const t = useTranslations("CostModels");
  return (
    <>
      {kind === "seat" && (
        <TextField
          label={t("person")}
          name="person"
          maxLength={200}
          defaultValue={start.person}
          hint={t("personHint")}
        />
      )}
      {kind === "provisioned" && (
        <TextField
          label={t("dailyTokens")}
          name="daily_tokens"
          type="number"
          min={1}
          defaultValue={start.dailyTokens}
          hint={t("dailyTokensHint")}
        />
      )}
      {kind !== "fee" && (
        <>
          <TextField
            label={t("provider")}
            name="provider"
            maxLength={200}
            placeholder={t("anyProvider")}
            defaultValue={start.provider}
          />
          <TextField
            label={t("model")}
            name="model"
            maxLength={200}
            placeholder={t("anyModel")}
            defaultValue={start.model}
          />
        </>
      )}
    </>
  );
}

function PoolField({
  pools,
  start,
}: {
  readonly pools: readonly Choice[];
  readonly start: ChargeStart;
}) {
  const t = useTranslations("CostModels");
  return (
    <SelectField
      label={t("pool")}
      name="shared_cost"
      defaultValue={start.pool}
      hint={t("poolHint")}
    >
      <option value="">–</option>
      {pools.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
