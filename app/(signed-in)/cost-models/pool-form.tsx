"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CONTROL_CLASS, SelectField, TextField } from "#app/_components/field.tsx";
import type { TeamName } from "#app/_server/teams.ts";
import { SHARE_METHODS, type ShareMethod } from "#lib/cost-model/shared-pool.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { DraftForm } from "./draft-form.tsx";

export type PoolStart = {
  readonly id?: string | undefined;
  readonly name: string;
  readonly method: ShareMethod;
  readonly sourceTeam: string;
  readonly teams: readonly string[];
  readonly weights: Readonly<Record<string, number>>;
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
};

/** A cost that several teams bear, and how it is split from a day on. */
export function PoolForm({
  team,
  start,
  teams,
}: {
  readonly team: string;
  readonly start: PoolStart;
  readonly teams: readonly TeamName[];
}) {
  const t = useTranslations("CostModels");
  const [method, setMethod] = useState<ShareMethod>(start.method);
  return (
    <DraftForm draft="pool" team={team} id={start.id}>
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-5">
        <TextField
          label={t("name")}
          name="name"
          required
          maxLength={200}
          defaultValue={start.name}
        />
        <SelectField
          label={t("method")}
          name="method"
          value={method}
          hint={t(`methodHints.${method}`)}
          onChange={(event) => setMethod(event.target.value as ShareMethod)}
        >
          {SHARE_METHODS.map((name) => (
            <option key={name} value={name}>
              {t(`methods.${name}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("sourceTeam")}
          name="source_team"
          defaultValue={start.sourceTeam}
          hint={t("sourceTeamHint")}
        >
          <option value="">–</option>
          <option value={UNALLOCATED}>{UNALLOCATED}</option>
          {teams.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("effectiveFrom")}
          name="effective_from"
          type="date"
          defaultValue={start.effectiveFrom}
          hint={t("effectiveFromHint")}
        />
        <TextField
          label={t("endsOn")}
          name="effective_to"
          type="date"
          defaultValue={start.effectiveTo}
          hint={t("endsOnHint")}
        />
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium">
          {t(method === "weights" ? "weights" : "bearers")}
        </legend>
        <p className="text-muted text-xs">
          {t(method === "weights" ? "weightsHint" : "bearersHint")}
        </p>
        <ul className="grid max-h-64 gap-x-6 gap-y-1.5 overflow-y-auto sm:grid-cols-2 lg:grid-cols-4">
          {teams.map(({ slug, name }) => (
            <li key={slug}>
              {method === "weights" ? (
                <label className="flex h-8 items-center gap-2">
                  <input
                    name={`weight.${slug}`}
                    type="number"
                    min={0}
                    defaultValue={start.weights[slug]}
                    className={`${CONTROL_CLASS} max-w-20`}
                  />
                  <span className="truncate">{name}</span>
                </label>
              ) : (
                <label className="flex h-8 items-center gap-2">
                  <input
                    type="checkbox"
                    name="teams"
                    value={slug}
                    defaultChecked={start.teams.includes(slug)}
                    className="size-4"
                  />
                  <span className="truncate">{name}</span>
                </label>
              )}
            </li>
          ))}
        </ul>
      </fieldset>
    </DraftForm>
  );
}
