import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { Change, ChangeSums } from "#lib/history-runs/change.ts";
import {
  type ChangeGroup,
  changesByDay,
  differenceOf,
  groupChanges,
} from "#lib/history-runs/summarise.ts";
import type { Usd } from "#lib/money/money.ts";
import { DayChart } from "./day-chart.tsx";
import { Difference } from "./difference.tsx";
import type { RowsHref } from "./rows-href.ts";

const MOST_ROWS = 50;

/** What a change of history comes to by day, team and model. */
export function ChangeTables({
  changes,
  timeZone,
  locale,
  byTeamPair = false,
  rowsOf,
}: {
  readonly changes: readonly Change[];
  readonly timeZone: string;
  readonly locale: string;
  /** Whether spend moves between teams. */
  readonly byTeamPair?: boolean;
  /** The ledger's rows of a day, team or model. */
  readonly rowsOf: RowsHref;
}) {
  const t = useTranslations("History");
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  const days = changesByDay(changes);
  const teams = groupChanges(changes, ({ team, newTeam }) =>
    byTeamPair ? `${team} → ${newTeam}` : team,
  );
  const models = groupChanges(changes, ({ provider, model }) => JSON.stringify([provider, model]));
  return (
    <>
      {!byTeamPair && (
        <Panel title={t("byDay")} note={t("byDayNote")}>
          <DayChart days={days} dayName={(key) => day.format(new Date(key))} />
          <Sums
            caption={t("byDay")}
            head={t("day")}
            groups={days}
            name={(key) => day.format(new Date(key))}
            hrefOf={(key) => rowsOf({}, new Date(key))}
          />
        </Panel>
      )}
      <div className="grid gap-4 xl:grid-cols-2">
        <Panel title={t(byTeamPair ? "byTeamPair" : "byTeam")}>
          <Sums
            caption={t("byTeam")}
            head={t("team")}
            groups={teams}
            moved={byTeamPair}
            hrefOf={byTeamPair ? null : (team) => rowsOf({ team: [team] })}
          />
        </Panel>
        <Panel title={t("byModel")}>
          <Sums
            caption={t("byModel")}
            head={t("model")}
            groups={models}
            name={(key) =>
              modelOf(key)
                .map((part) => part ?? "–")
                .join(" / ")
            }
            hrefOf={(key) => {
              const [provider, model] = modelOf(key);
              return rowsOf({ provider: [provider], model: [model] });
            }}
          />
        </Panel>
      </div>
    </>
  );
}

function modelOf(key: string): [provider: string | null, model: string | null] {
  return JSON.parse(key);
}

function Sums({
  caption,
  head,
  groups,
  name = (key) => key,
  moved = false,
  hrefOf,
}: {
  readonly caption: string;
  readonly head: string;
  readonly groups: readonly ChangeGroup<string>[];
  readonly name?: (key: string) => ReactNode;
  readonly moved?: boolean;
  readonly hrefOf: ((key: string) => string) | null;
}) {
  const t = useTranslations("History");
  const shown = groups.slice(0, MOST_ROWS);
  return (
    <>
      <Table caption={caption}>
        <thead>
          <tr>
            <HeadCell>{head}</HeadCell>
            <HeadCell numeric>{t("calls")}</HeadCell>
            <HeadCell numeric>{t("before")}</HeadCell>
            <HeadCell numeric>{t("after")}</HeadCell>
            <HeadCell numeric>{t(moved ? "moves" : "difference")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {shown.map((group) => (
            <Row key={group.key}>
              <RowHead className="break-all">
                <FigureLink href={hrefOf?.(group.key) ?? null}>{name(group.key)}</FigureLink>
              </RowHead>
              <SumCells sums={group} moved={moved} />
            </Row>
          ))}
        </tbody>
      </Table>
      {groups.length > shown.length && (
        <p className="px-4 py-2 text-muted text-xs">
          {t("more", { count: groups.length - shown.length })}
        </p>
      )}
    </>
  );
}

function SumCells({ sums, moved }: { readonly sums: ChangeSums; readonly moved: boolean }) {
  return (
    <>
      <Cell numeric>
        <Count value={sums.calls} />
      </Cell>
      <Cell numeric>
        <Amount usd={sums.oldCost} />
      </Cell>
      <Cell numeric>
        <Amount usd={sums.newCost} />
      </Cell>
      <Cell numeric>
        {moved ? <Amount usd={sums.newCost} /> : <Difference usd={differenceOf(sums) as Usd} />}
      </Cell>
    </>
  );
}
