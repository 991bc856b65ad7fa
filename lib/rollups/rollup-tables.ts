/** How one rollup is keyed, and what of a ledger row its key is. `$zone` stands for the organisation's time zone. */
export type RollupTable = {
  readonly table:
    | "usage_hour"
    | "usage_day"
    | "usage_day_team"
    | "usage_day_user"
    | "usage_day_person"
    | "session";
  readonly keys: readonly {
    readonly column: string;
    readonly type: "timestamptz" | "int8" | "text";
    readonly ofRow: string;
  }[];
  /** Rows of the ledger that the rollup leaves out. */
  readonly except: string | null;
};

const DIMENSION_SET = {
  column: "dimension_set_id",
  type: "int8",
  ofRow: "u.dimension_set_id",
} as const;
const RATE_SET = {
  column: "rate_set_id",
  type: "int8",
  ofRow: "coalesce(u.rate_set_id, 0)",
} as const;
const USER = { column: "user_id", type: "text", ofRow: "coalesce(u.user_id, '')" } as const;
const KEY = { column: "key_id", type: "text", ofRow: "coalesce(u.key_id, '')" } as const;
const TEAM = { column: "team", type: "text", ofRow: "d.team" } as const;
const KIND = { column: "kind", type: "text", ofRow: "d.kind" } as const;
const DAY = {
  column: "day",
  type: "timestamptz",
  ofRow: "date_trunc('day', u.started_at, $zone)",
} as const;

/** All rollups, in the order in which every transaction writes them. */
export const ROLLUP_TABLES: readonly RollupTable[] = [
  {
    table: "usage_hour",
    keys: [
      { column: "hour", type: "timestamptz", ofRow: "date_trunc('hour', u.started_at, $zone)" },
      DIMENSION_SET,
      RATE_SET,
    ],
    except: null,
  },
  { table: "usage_day", keys: [DAY, DIMENSION_SET, RATE_SET], except: null },
  {
    table: "usage_day_team",
    keys: [
      DAY,
      TEAM,
      KIND,
      { column: "provider", type: "text", ofRow: "coalesce(d.provider, '')" },
      { column: "model", type: "text", ofRow: "coalesce(d.model, '')" },
    ],
    except: null,
  },
  { table: "usage_day_user", keys: [DAY, USER, KEY, DIMENSION_SET, RATE_SET], except: null },
  { table: "usage_day_person", keys: [DAY, TEAM, KIND, USER], except: null },
  {
    table: "session",
    keys: [{ column: "session_id", type: "text", ofRow: "u.session_id" }, TEAM, USER],
    except: "u.session_id is null",
  },
];
