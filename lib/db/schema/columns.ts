import { customType } from "drizzle-orm/pg-core";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";

/** Exact dollars, 18 decimals. The driver hands numeric over as text, so no double is ever involved. */
export const usd = customType<{ data: Usd; driverData: string }>({
  dataType: () => "numeric(38, 18)",
  fromDriver: parseUsd,
  toDriver: toDecimal,
});

/** Raw bytes, for example a trace id. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => "bytea",
});
