"use client";

import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { CONTROL_CLASS } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { RuleTrial } from "#lib/allocation/explain.ts";
import { ConditionText } from "./condition-list.tsx";
import { type TrialState, tryRulesAction } from "./try-actions.ts";

/** Which rule takes a set of attributes, and why the ones before it do not. */
export function TrialPanel() {
  const t = useTranslations("Rules");
  const [state, action, busy] = useActionState(tryRulesAction, {});
  return (
    <Panel title={t("try")} note={t("tryNote")}>
      <form action={action} className="flex flex-col gap-3 p-4">
        <textarea
          name="attributes"
          aria-label={t("attributes")}
          placeholder={"service=checkout-assistant\nteam.id=payments"}
          defaultValue={state.text}
          key={state.text}
          rows={4}
          required
          spellCheck={false}
          className={`${CONTROL_CLASS} h-auto resize-y py-1.5 font-mono text-xs`}
        />
        <div>
          <Button type="submit" disabled={busy}>
            {t("tryNow")}
          </Button>
        </div>
        <div role="status" className="empty:hidden">
          {state.message !== undefined && <Notice tone="warn" title={state.message} />}
          {state.explanation !== undefined && <Findings explanation={state.explanation} />}
        </div>
      </form>
    </Panel>
  );
}

function Findings({
  explanation: { team, foundTeam, because, trials, parts, names },
}: {
  readonly explanation: NonNullable<TrialState["explanation"]>;
}) {
  const t = useTranslations("Rules");
  const isPart = parts.some(({ takes }) => takes);
  return (
    <div className="flex flex-col gap-3">
      <p>
        <span className="font-semibold text-base">{team}</span>{" "}
        <span className="text-muted">{t(`because.${because}`)}</span>
      </p>
      {foundTeam !== team && !isPart && (
        <p className="text-muted">{t("wentTo", { found: foundTeam, team })}</p>
      )}
      {trials.length === 0 && <p className="text-muted">{t("noRulesAsked")}</p>}
      <Trials trials={trials} names={names} />
      {parts.length > 0 && (
        <>
          <p className="font-medium">{t("partTrials", { team: foundTeam })}</p>
          <Trials trials={parts} names={names} />
        </>
      )}
    </div>
  );
}

function Trials({
  trials,
  names,
}: {
  readonly trials: readonly RuleTrial[];
  readonly names: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("Rules");
  return (
    <ol className="flex flex-col gap-2 empty:hidden">
      {trials.map((trial) => (
        <li key={trial.ruleId} className={trial.takes ? "" : "text-muted"}>
          <span className="font-medium">{names[trial.ruleId]}</span>{" "}
          {t(trial.takes ? "takesIt" : "passesOn")}
          <ConditionTrials trial={trial} />
        </li>
      ))}
    </ol>
  );
}

function ConditionTrials({ trial }: { readonly trial: RuleTrial }) {
  const t = useTranslations("Rules");
  return trial.conditions.map(({ condition, actual, holds }) => (
    <p
      key={`${condition.attribute} ${condition.operator} ${condition.value}`}
      className="flex flex-wrap items-center gap-x-1.5 pl-4"
    >
      {holds ? (
        <Check className="size-3.5 text-good" aria-label={t("holds")} />
      ) : (
        <X className="size-3.5 text-danger" aria-label={t("fails")} />
      )}
      <ConditionText condition={condition} />
      <span className="text-faint">
        {actual === null ? t("hasNone") : t("itIs", { value: actual })}
      </span>
    </p>
  ));
}
