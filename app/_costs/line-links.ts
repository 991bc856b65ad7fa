import { readPeriod } from "#app/_period/period.ts";
import { hrefWith, pageHref, receiptHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { firstOf, type SearchParams } from "#app/_server/page-props.ts";
import type { CostLine, CostLineFilter } from "#lib/close/cost-lines.ts";
import type { Month } from "#lib/close/month.ts";
import { LINE_KINDS, type LineKind } from "#lib/cost-model/team-lines.ts";
import type { Payment } from "#lib/reports/usage-receipt.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";
import { ALL_TEAMS } from "./all-teams.ts";

/** Which lines of what teams cost a page is to show. */
export type LinesAsked = { readonly filter: CostLineFilter; readonly asClosed: boolean };

/** The days and the cost that are shown. */
export type LinesShown = Pick<PageQuery, "period" | "costBasis">;

/** The lines behind a sum of what teams cost. */
export function linesHref(shown: LinesShown, { filter, asClosed }: LinesAsked): string {
  const { team = ALL_TEAMS, costCenter, kinds = [], chargeId, poolId } = filter;
  return pageHref(`/cost-models/${encodeURIComponent(team)}/lines`, { ...shown, filters: {} }, [
    ...kinds.map((kind): [string, string] => ["line", kind]),
    ...pair("cost_center", costCenter),
    ...pair("charge", chargeId),
    ...pair("pool", poolId),
    ...(asClosed ? [["as", "closed"] as [string, string]] : []),
  ]);
}

/** The file that holds them, with the rest of the teams' lines: of closed months the statements. */
export function linesCsvHref(
  { period: { from, to, firstDay, lastDay }, costBasis }: LinesShown,
  { filter: { team }, asClosed }: LinesAsked,
): string {
  if (asClosed) {
    const days: [string, string][] = [
      ["from", firstDay],
      ["to", dayText(parseDay(lastDay) + 1)],
    ];
    return hrefWith("/api/v1/statements.csv", days);
  }
  return hrefWith("/api/v1/team-costs.csv", [
    ["from", from.toISOString()],
    ["to", to.toISOString()],
    ["cost", costBasis],
    ...(team === undefined ? [] : [["filter.team", team] as [string, string]]),
  ]);
}

/** The same question, read from the address. */
export function readLinesAsked(team: string, search: SearchParams): LinesAsked {
  const wanted = [search.line ?? []].flat();
  const kinds = LINE_KINDS.filter((kind) => wanted.includes(kind));
  return {
    filter: {
      ...(team !== ALL_TEAMS && { team }),
      ...(kinds.length > 0 && { kinds }),
      ...read("costCenter", search.cost_center),
      ...read("chargeId", search.charge),
      ...read("poolId", search.pool),
    },
    asClosed: firstOf(search.as) === "closed",
  };
}

/** A line, of one cost centre or of all, of one model or of all. */
type LineShown = Pick<CostLine, "team" | "kind" | "chargeId" | "poolId"> &
  Partial<Pick<CostLine, "costCenter" | "provider" | "model">>;

/** How a line came about: usage of a model as tokens × rate, all else day by day. */
export function lineReceiptHref(shown: LinesShown, line: LineShown): string {
  const { team, costCenter, kind, provider = null, model = null, chargeId, poolId } = line;
  if (model !== null) {
    const center = costCenter === undefined ? {} : { cost_center: [costCenter] };
    const filters = { team: [team], provider: [provider], model: [model], ...center };
    return receiptHref({ ...shown, filters }, paymentOf(kind));
  }
  return pageHref(`/cost-models/${encodeURIComponent(team)}/receipt`, { ...shown, filters: {} }, [
    ["line", kind],
    ...pair("cost_center", costCenter),
    ...(chargeId === null ? [] : pair("charge", chargeId)),
    ...(poolId === null ? [] : pair("pool", poolId)),
  ]);
}

/** How the usage of a line is paid for. */
export function paymentOf(kind: LineKind): Payment | undefined {
  if (kind === "usage") return "metered";
  return kind === "covered" ? "beforehand" : undefined;
}

/** A month of the organisation's calendar, as pages about a period are asked for it. */
export function monthShown({ first, end }: Month, timeZone: string): LinesShown {
  const days = { from: dayText(first), to: dayText(end - 1) };
  const period = readPeriod({ period: "custom", ...days }, new Date(0), timeZone);
  return { period, costBasis: "effective" };
}

function read(name: "costCenter" | "chargeId" | "poolId", value: string | string[] | undefined) {
  return value === undefined ? {} : { [name]: firstOf(value) || null };
}

function pair(name: string, value: string | null | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value ?? ""]];
}
