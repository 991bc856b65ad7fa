import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Count } from "#app/_components/count.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { Difference } from "#app/_history/difference.tsx";
import { AmountAtRate, AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import type { WhatIfReplay } from "#lib/forecasting/read-usage-rows.ts";
import type { WhatIfFigures } from "#lib/forecasting/what-if.ts";
import { subtractUsd } from "#lib/money/money.ts";
import { eventsHref } from "./events-href.ts";

type Line = WhatIfFigures & {
  readonly name: string;
  readonly under?: string;
  readonly href: string;
};

/** The bill as it was and as it would have been, by model and by team; each line leads to its calls and their receipts. */
export function AnswerPanels({
  replay,
  scope,
  rate,
}: {
  readonly replay: WhatIfReplay;
  readonly scope: string;
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("WhatIf");
  const { models, teams, period } = replay;
  const byModel = models.map((line) => ({
    ...line,
    name: line.model,
    under: line.provider,
    href: eventsHref(period, scope, { model: [line.model], provider: [line.provider] }),
  }));
  const byTeam = teams.map((line) => ({
    ...line,
    name: line.team,
    href: eventsHref(period, scope, { team: [line.team] }),
  }));
  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <LinesPanel
        title={t("byModel")}
        head={t("modelColumn")}
        lines={byModel}
        rate={rate}
        note={t("receipts")}
      />
      <LinesPanel title={t("byTeam")} head={t("team")} lines={byTeam} rate={rate} />
    </div>
  );
}

function LinesPanel({
  title,
  head,
  lines,
  rate,
  note,
}: {
  readonly title: string;
  readonly head: string;
  readonly lines: readonly Line[];
  readonly rate: UsedRate | null;
  readonly note?: ReactNode;
}) {
  const t = useTranslations("WhatIf");
  return (
    <Panel title={title} note={note}>
      <Table caption={title}>
        <thead>
          <tr>
            <HeadCell>{head}</HeadCell>
            <HeadCell numeric>{t("calls")}</HeadCell>
            <HeadCell numeric>{t("actual")}</HeadCell>
            <HeadCell numeric>{t("scenario")}</HeadCell>
            <HeadCell numeric>{t("difference")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, under, href, calls, actual, scenario, unpricedCalls }) => (
            <Row key={href}>
              <RowHead>
                <Link href={href} className="font-medium hover:underline">
                  {name}
                </Link>
                {under !== undefined && <span className="block text-muted text-xs">{under}</span>}
                {unpricedCalls > 0 && (
                  <span className="block text-warn text-xs">
                    {t("unchanged", { count: unpricedCalls })}
                  </span>
                )}
              </RowHead>
              <Cell numeric>
                <Count value={calls} />
              </Cell>
              <Cell numeric>
                <AmountAtRate usd={actual} rate={rate} />
              </Cell>
              <Cell numeric>
                <AmountAtRate usd={scenario} rate={rate} />
              </Cell>
              <Cell numeric>
                <Difference usd={subtractUsd(scenario, actual)} />
                <AtRate usd={subtractUsd(scenario, actual)} rate={rate} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
