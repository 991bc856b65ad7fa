"use client";

import { Plus, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button, buttonClass } from "#app/_components/button.tsx";
import { CONTROL_CLASS, SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import type { Assignment, Condition, Operator } from "#lib/allocation/rule.ts";
import { saveRuleAction } from "./actions.ts";
import { ASSIGNED } from "./rule-form-data.ts";
import { type Holds, ScopePanel } from "./scope-panel.tsx";

const OPERATORS: readonly Operator[] = ["equals", "starts_with", "contains", "exists"];
/** The ledger's own attributes and those that telemetry most often carries. */
const SUGGESTED = [
  "service",
  "agent",
  "workflow",
  "user",
  "session",
  "model",
  "provider",
  "dialect",
  "key",
  "organization",
  "repository",
  "team.id",
  "department",
  "cost_center",
  "service.namespace",
  "deployment.environment.name",
  "host.name",
];

type Line = Condition & { readonly key: number };

/** A rule to be written; saving an old one puts this in its place. */
export function RuleForm({
  id,
  name,
  conditions,
  assign,
  ofTeam = null,
  holds = "now",
  teams,
}: {
  /** Empty for a new rule. */
  readonly id: string;
  readonly ofTeam?: string | null;
  /** What is chosen at first for when it begins to hold. */
  readonly holds?: Holds;
  readonly name: string;
  readonly conditions: readonly Condition[];
  readonly assign: Assignment;
  readonly teams: readonly TeamName[];
}) {
  const t = useTranslations("Rules");
  const [lines, setLines] = useState<readonly Line[]>(() =>
    conditions.map((condition, key) => ({ ...condition, key })),
  );
  const [state, save, busy] = useActionState(saveRuleAction, {});
  const add = () =>
    setLines([...lines, { attribute: "", operator: "equals", value: "", key: Date.now() }]);
  const change = (key: number, part: Partial<Condition>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...part } : line)));
  return (
    <form onSubmit={submitByHand(save)} className="flex max-w-4xl flex-col gap-5">
      {state.message !== undefined && <Notice tone="danger" title={state.message} />}
      <input type="hidden" name="id" value={id} />
      <Panel title={t("when")} note={t("whenNote")}>
        <div className="flex flex-col gap-2 p-4">
          {lines.length === 0 && <p className="text-muted">{t("takesAll")}</p>}
          <datalist id="attribute-names">
            {SUGGESTED.map((attribute) => (
              <option key={attribute} value={attribute} />
            ))}
          </datalist>
          {lines.map((line) => (
            <ConditionLine
              key={line.key}
              line={line}
              onChange={(part) => change(line.key, part)}
              onRemove={() => setLines(lines.filter(({ key }) => key !== line.key))}
            />
          ))}
          <div>
            <Button onClick={add}>
              <Plus className="size-3.5" aria-hidden />
              {t("addCondition")}
            </Button>
          </div>
        </div>
      </Panel>
      <Panel title={t("gives")} note={t("givesNote")}>
        <div className="grid gap-3 p-4 sm:grid-cols-2">
          <SelectField label={t("parts.team")} name="assign.team" defaultValue={assign.team ?? ""}>
            <option value="">{t("noTeam")}</option>
            {teams.map(({ slug, name: label }) => (
              <option key={slug} value={slug}>
                {label}
              </option>
            ))}
          </SelectField>
          {ASSIGNED.filter((part) => part !== "team").map((part) => (
            <TextField
              key={part}
              label={t(`parts.${part}`)}
              name={`assign.${part}`}
              maxLength={256}
              defaultValue={assign[part] ?? ""}
            />
          ))}
          <TextField
            label={t("name")}
            name="name"
            maxLength={120}
            defaultValue={name}
            hint={t("nameHint")}
          />
        </div>
      </Panel>
      <ScopePanel teams={teams} ofTeam={ofTeam} holds={holds} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={busy}>
          {t(id === "" ? "create" : "save")}
        </Button>
        <Link href="/settings/rules" className={buttonClass("ghost")}>
          {t("cancel")}
        </Link>
      </div>
    </form>
  );
}

function ConditionLine({
  line,
  onChange,
  onRemove,
}: {
  readonly line: Line;
  readonly onChange: (part: Partial<Condition>) => void;
  readonly onRemove: () => void;
}) {
  const t = useTranslations("Rules");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_2rem] gap-2 sm:grid-cols-[minmax(0,1fr)_9rem_minmax(0,1fr)_2rem]">
      <input
        name="attribute"
        list="attribute-names"
        aria-label={t("attribute")}
        placeholder={t("attribute")}
        required
        maxLength={128}
        value={line.attribute}
        onChange={({ target }) => onChange({ attribute: target.value })}
        className={`${CONTROL_CLASS} font-mono text-xs`}
      />
      <select
        name="operator"
        aria-label={t("operator")}
        value={line.operator}
        onChange={({ target }) =>
          onChange({ operator: OPERATORS.find((name) => name === target.value) ?? "equals" })
        }
        className={`${CONTROL_CLASS} max-sm:row-start-2`}
      >
        {OPERATORS.map((operator) => (
          <option key={operator} value={operator}>
            {t(`operators.${operator}`)}
          </option>
        ))}
      </select>
      <input
        name="value"
        aria-label={t("value")}
        placeholder={line.operator === "exists" ? "" : t("value")}
        required={line.operator !== "exists"}
        readOnly={line.operator === "exists"}
        maxLength={256}
        value={line.operator === "exists" ? "" : line.value}
        onChange={({ target }) => onChange({ value: target.value })}
        className={`${CONTROL_CLASS} font-mono text-xs read-only:opacity-50 max-sm:row-start-3`}
      />
      <button
        type="button"
        onClick={onRemove}
        aria-label={t("removeCondition")}
        className="grid size-8 place-items-center rounded-md text-faint hover:bg-hover hover:text-text"
      >
        <X className="size-4" aria-hidden />
      </button>
    </div>
  );
}
