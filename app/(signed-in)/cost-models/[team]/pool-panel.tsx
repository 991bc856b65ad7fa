import Link from "next/link";
import { useTranslations } from "next-intl";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelDetails } from "#app/_components/panel-details.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { RecordedPool } from "#lib/cost-book/pool-store.ts";
import { type CivilDay, dayText } from "#lib/time/civil-day.ts";
import { PoolForm, type PoolStart } from "../pool-form.tsx";
import { WithdrawButton } from "../withdraw-button.tsx";
import { bookHref } from "./book-href.ts";
import type { PanelInput } from "./panel-input.ts";

/** The costs that the team bears together with others, and the form for one. */
export function PoolPanel({
  slug,
  team,
  mayChange,
  teams,
  pools,
  wanted,
}: PanelInput & { readonly pools: readonly RecordedPool[]; readonly wanted: string | undefined }) {
  const t = useTranslations("CostModels");
  const believed = pools.filter(({ supersededAt }) => supersededAt === null);
  const about = believed.filter((pool) => team === null || isAbout(pool, team));
  const chosen = about.findLast(({ id }) => id === wanted);
  return (
    <Panel
      title={t("pools")}
      note={t("poolsNote")}
      actions={mayChange && <CsvLink href={bookHref("shared-costs", null)} what={t("pools")} />}
    >
      {about.length === 0 ? (
        <Empty title={t("noPools")} />
      ) : (
        <Table caption={t("pools")}>
          <thead>
            <tr>
              <HeadCell>{t("name")}</HeadCell>
              <HeadCell>{t("method")}</HeadCell>
              <HeadCell>{t("sourceTeam")}</HeadCell>
              <HeadCell>{t("bearers")}</HeadCell>
              <HeadCell>{t("days")}</HeadCell>
              <HeadCell>
                <span className="sr-only">{t("withdraw")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {about.map((pool) => (
              <Row key={pool.version}>
                <RowHead>{pool.name}</RowHead>
                <Cell>{t(`methods.${pool.method}`)}</Cell>
                <Cell>{pool.sourceTeam ?? "–"}</Cell>
                <Cell>{bearersOf(pool) ?? t("everyTeam")}</Cell>
                <Cell className="figures whitespace-nowrap">
                  {day(pool.effectiveFrom) ?? t("always")} – {day(pool.effectiveTo) ?? t("open")}
                </Cell>
                <Cell className="whitespace-nowrap text-right">
                  {mayChange && (
                    <>
                      <Link
                        href={`/cost-models/${encodeURIComponent(slug)}?pool=${pool.id}#pool`}
                        className="rounded-md px-1.5 py-1 text-muted text-xs hover:bg-hover hover:text-text"
                      >
                        {t("change")}
                        <span className="sr-only"> {pool.name}</span>
                      </Link>
                      <WithdrawButton what="pool" id={pool.id} name={pool.name} />
                    </>
                  )}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {mayChange && (
        <PanelDetails
          summary={t(chosen === undefined ? "addPool" : "changePool")}
          isOpen={chosen !== undefined}
          id="pool"
        >
          <PoolForm key={chosen?.id} team={slug} start={startOf(chosen)} teams={teams} />
        </PanelDetails>
      )}
    </Panel>
  );
}

function isAbout({ teams, weights, method, sourceTeam }: RecordedPool, team: string): boolean {
  if (sourceTeam === team) return true;
  return method === "weights" ? (weights[team] ?? 0) > 0 : (teams?.includes(team) ?? true);
}

function bearersOf({ method, weights, teams }: RecordedPool): string | null {
  if (method !== "weights") return teams?.join(", ") ?? null;
  return Object.entries(weights)
    .filter(([, weight]) => weight > 0)
    .map(([team, weight]) => `${team} ${weight}`)
    .join(", ");
}

const day = (at: CivilDay | null) => (at === null ? null : dayText(at));

function startOf(pool: RecordedPool | undefined): PoolStart {
  return {
    id: pool?.id,
    name: pool?.name ?? "",
    method: pool?.method ?? "even",
    sourceTeam: pool?.sourceTeam ?? "",
    teams: pool?.teams ?? [],
    weights: pool?.weights ?? {},
    effectiveFrom: pool?.effectiveFrom == null ? "" : dayText(pool.effectiveFrom),
    effectiveTo: pool?.effectiveTo == null ? "" : dayText(pool.effectiveTo),
  };
}
