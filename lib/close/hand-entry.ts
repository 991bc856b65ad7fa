import { z } from "zod";
import { type Costs, NO_COSTS, negateCosts } from "#lib/cost-model/costs.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { HandReason } from "./adjustment-reason.ts";

const Team = z.string().trim().min(1).max(120);

/** What finance asks to book by hand. */
export const EntryInput = z
  .strictObject({
    kind: z.enum(["credit", "charge", "move", "write_off"]),
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "must be a month such as 2026-10"),
    team: Team,
    to_team: Team.nullish().meta({ description: "Who bears it from now on; of a move alone" }),
    amount: z
      .string()
      .regex(
        /^\d{1,15}(\.\d{1,18})?$/,
        "must be a plain decimal with at most 15 digits and 18 decimals",
      )
      .transform(parseUsd)
      .refine((amount) => amount > 0n, "must be above zero; the kind gives the sign")
      .meta({ description: "US dollars, above zero; the kind gives the sign" }),
    note: z.string().trim().min(1).max(500).meta({ description: "Why" }),
    reference: z.string().trim().min(1).max(200).meta({ description: "A document elsewhere" }),
    booking: z
      .uuid()
      .optional()
      .meta({ description: "Yours: sent again it books nothing and answers the same" }),
  })
  .refine(({ kind, to_team }) => (kind === "move") === (to_team != null), {
    path: ["to_team"],
    message: "is needed for a move, and for nothing else",
  })
  .refine(({ team, to_team }) => team !== to_team, {
    path: ["to_team"],
    message: "must be another team",
  });
export type EntryInput = z.output<typeof EntryInput>;

/** One side of a booking: what a team bears more, or less with a sign below zero. */
export type EntrySide = {
  readonly team: string;
  readonly costs: Costs;
  /** Of whose invoice it is. */
  readonly provider?: string;
};

/**
 * The signed sides of a booking. What a provider credits or charges changes
 * effective and billed cost; a write-off is still owed, so only what the team
 * bears goes down. Both sides of a move add up to nothing.
 */
export function sidesOf({
  kind,
  team,
  to_team,
  amount,
}: Pick<EntryInput, "team" | "to_team" | "amount"> & {
  readonly kind: Exclude<HandReason, "reconciliation">;
}): readonly EntrySide[] {
  const borne = bothCosts(amount);
  switch (kind) {
    case "charge":
      return [{ team, costs: borne }];
    case "credit":
      return [{ team, costs: negateCosts(borne) }];
    case "write_off":
      return [{ team, costs: negateCosts({ ...NO_COSTS, effective: amount }) }];
    case "move":
      return [
        { team, costs: negateCosts(borne) },
        { team: to_team ?? team, costs: borne },
      ];
  }
}

/** An amount that is owed and borne; list and contracted cost are of usage. */
export function bothCosts(amount: Usd): Costs {
  return { ...NO_COSTS, effective: amount, billed: amount };
}
