import { useTranslations } from "next-intl";
import type { Condition } from "#lib/allocation/rule.ts";

/** Conditions in words, one a line. */
export function ConditionList({ conditions }: { readonly conditions: readonly Condition[] }) {
  const t = useTranslations("Rules");
  if (conditions.length === 0) return t("always");
  return conditions.map((condition) => (
    <p key={`${condition.attribute} ${condition.operator} ${condition.value}`}>
      <ConditionText condition={condition} />
    </p>
  ));
}

export function ConditionText({
  condition: { attribute, operator, value },
}: {
  readonly condition: Condition;
}) {
  const t = useTranslations("Rules");
  return (
    <>
      <code className="font-mono text-xs">{attribute}</code>{" "}
      <span className="text-muted">{t(`operators.${operator}`)}</span>{" "}
      {operator !== "exists" && <code className="font-mono text-xs">{value}</code>}
    </>
  );
}
