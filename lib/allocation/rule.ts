/** The attribute names that mean something to allocation besides what telemetry carries. */
export type Operator = "equals" | "starts_with" | "contains" | "exists";

/**
 * One condition on an event. `attribute` is any retained attribute of resource,
 * scope or item, or one of the ledger's own: `key`, `service`, `user`,
 * `agent`, `workflow`, `model`, `provider`, `dialect`, `session`.
 */
export type Condition = {
  readonly attribute: string;
  readonly operator: Operator;
  /** Compared without regard to case; unused with `exists`. */
  readonly value: string;
};

/** What a rule gives to an event; what it leaves out is found as without the rule. */
export type Assignment = {
  readonly team?: string;
  readonly project?: string;
  readonly environment?: string;
  readonly workflow?: string;
  readonly cost_center?: string;
};

/** A version of a rule. All conditions must hold; one without conditions takes every event. */
export type AllocationRule = {
  readonly id: string;
  readonly conditions: readonly Condition[];
  readonly assign: Assignment;
  /** Asked only for what would otherwise fall to this team (a part of its split). Absent or null: for everything. */
  readonly ofTeam?: string | null;
  /** In force for events that start in [fromMs, toMs). Absent or null: no bound. */
  readonly fromMs?: number | null;
  readonly toMs?: number | null;
};

/** Reads what an attribute of this name holds on one event; undefined where it has none. */
export type AttributeOf = (attribute: string) => string | undefined;

export function ruleTakes(rule: AllocationRule, attributeOf: AttributeOf): boolean {
  return rule.conditions.every((condition) =>
    conditionHolds(condition, attributeOf(condition.attribute)),
  );
}

export function conditionHolds(
  { operator, value }: Condition,
  actual: string | undefined,
): boolean {
  if (actual === undefined) return false;
  const [have, want] = [actual.toLowerCase(), value.toLowerCase()];
  switch (operator) {
    case "equals":
      return have === want;
    case "starts_with":
      return have.startsWith(want);
    case "contains":
      return have.includes(want);
    case "exists":
      return true;
  }
}

export function isInForce({ fromMs, toMs }: AllocationRule, atMs: number): boolean {
  return (fromMs ?? Number.NEGATIVE_INFINITY) <= atMs && atMs < (toMs ?? Number.POSITIVE_INFINITY);
}
