import type { Prepaid } from "#lib/pricing/rate-set.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import type { Charge } from "./charge.ts";
import type { Costs } from "./costs.ts";
import type { PlanUser } from "./seat-use.ts";
import type { SharedPool } from "./shared-pool.ts";
import type { TeamModel } from "./team-model.ts";

/** Usage of a day under one team and cost center, by what paid for it. */
export type UsageOfDay = {
  readonly day: CivilDay;
  readonly team: string;
  readonly costCenter: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  /** Null: metered by the API. */
  readonly funding: Prepaid | null;
  readonly tokens: bigint;
  readonly costs: Costs;
};

/** Everything that the costs of a period are made of. */
export type CostInputs = {
  readonly from: CivilDay;
  readonly to: CivilDay;
  /** Usage of the period and of the rest of its months; of what is prepaid, since its charges began. */
  readonly usage: readonly UsageOfDay[];
  readonly users: readonly PlanUser[];
  readonly charges: readonly Charge[];
  readonly pools: readonly SharedPool[];
  readonly models: readonly TeamModel[];
  /** Every team that may bear a share, with its cost center. */
  readonly teams: ReadonlyMap<string, string | null>;
};
