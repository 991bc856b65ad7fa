import { ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { RuleVersion } from "#lib/organization/rules.ts";
import { changeRuleAction } from "./actions.ts";
import { ConditionList } from "./condition-list.tsx";
import { RuleSpan } from "./rule-span.tsx";

const ARROW =
  "grid size-6 place-items-center rounded-sm text-faint hover:bg-line hover:text-text disabled:invisible";

/** The rules in force, in the order in which they are asked. */
export function RuleTable({
  rules,
  now,
  mayChange,
}: {
  readonly rules: readonly RuleVersion[];
  readonly now: Date;
  readonly mayChange: boolean;
}) {
  const t = useTranslations("Rules");
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("position")}</HeadCell>
          <HeadCell>{t("name")}</HeadCell>
          <HeadCell>{t("when")}</HeadCell>
          <HeadCell>{t("gives")}</HeadCell>
          {mayChange && (
            <HeadCell>
              <span className="sr-only">{t("change")}</span>
            </HeadCell>
          )}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule, index) => (
          <Row key={rule.id}>
            <Cell>
              <span className="flex items-center gap-1">
                <span className="figures w-5 text-right">{index + 1}</span>
                {mayChange && <Arrows rule={rule} index={index} last={rules.length - 1} />}
              </span>
            </Cell>
            <RowHead className="min-w-40 py-2">
              {rule.name || <span className="text-faint">–</span>}
              <p className="text-muted text-xs">
                {rule.effectiveFrom !== null && rule.effectiveFrom > now && (
                  <span className="text-warn">{t("upcoming")}: </span>
                )}
                <RuleSpan rule={rule} />
              </p>
              {rule.ofTeam !== null && (
                <p className="text-muted text-xs">{t("ofTeam", { team: rule.ofTeam })}</p>
              )}
            </RowHead>
            <Cell className="min-w-56 py-2">
              <ConditionList conditions={rule.conditions} />
            </Cell>
            <Cell className="min-w-32 py-2">
              {Object.entries(rule.assign).map(([name, value]) => (
                <p key={name}>
                  <span className="text-muted">{t(`parts.${name}`)}</span> {value}
                </p>
              ))}
            </Cell>
            {mayChange && (
              <Cell>
                <form action={changeRuleAction} className="flex justify-end">
                  <input type="hidden" name="id" value={rule.id} />
                  <Link
                    href={`/settings/rules/history?rule=${rule.lineage}`}
                    className={buttonClass("ghost")}
                  >
                    {t("history")}
                  </Link>
                  <Link href={`/settings/rules/${rule.id}`} className={buttonClass("ghost")}>
                    {t("edit")}
                  </Link>
                  <button type="submit" name="do" value="end" className={buttonClass("ghost")}>
                    {t("retire")}
                  </button>
                </form>
              </Cell>
            )}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Arrows({
  rule,
  index,
  last,
}: {
  readonly rule: RuleVersion;
  readonly index: number;
  readonly last: number;
}) {
  const t = useTranslations("Rules");
  const name = rule.name || String(index + 1);
  return (
    <form action={changeRuleAction} className="flex">
      <input type="hidden" name="id" value={rule.id} />
      <button
        type="submit"
        name="do"
        value="up"
        disabled={index === 0}
        aria-label={t("moveUp", { name })}
        className={ARROW}
      >
        <ChevronUp className="size-4" aria-hidden />
      </button>
      <button
        type="submit"
        name="do"
        value="down"
        disabled={index === last}
        aria-label={t("moveDown", { name })}
        className={ARROW}
      >
        <ChevronDown className="size-4" aria-hidden />
      </button>
    </form>
  );
}
