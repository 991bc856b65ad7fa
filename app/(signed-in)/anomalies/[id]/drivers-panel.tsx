import { useTranslations } from "next-intl";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { Filters } from "#app/_query/filters.ts";
import { AmountAtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { ExplainedDriver, Explanation } from "#lib/anomaly-control/explanation.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { parseUsd, subtractUsd, sumUsd, type Usd } from "#lib/money/money.ts";
import type { FigureLinks } from "./figure-links.ts";

/** What each value of each dimension added to the change; each dimension adds up to it. */
export function DriversPanel({
  explanation,
  links,
  rate,
  isProven,
}: {
  readonly explanation: Explanation;
  readonly links: FigureLinks;
  readonly rate: UsedRate | null;
  /** A detector of agents knows its own cost; the drivers tell of the hours around. */
  readonly isProven: boolean;
}) {
  const t = useTranslations("Anomalies");
  const { contributions, hasSingleCause, causes } = explanation;
  const isCause = (one: { dimension: string; value: string | null }) =>
    hasSingleCause && causes[0]?.dimension === one.dimension && causes[0].value === one.value;
  const whole = contributions.filter(({ dimension }) => dimension === contributions[0]?.dimension);
  const sum = (name: "actual" | "expected") => sumUsd(whole.map((one) => parseUsd(one[name])));
  const note = isProven ? "driversProven" : hasSingleCause ? "driversNote" : "noSingleCause";
  return (
    <Panel title={t("drivers")} note={t(note)}>
      <Table caption={t("drivers")}>
        <thead>
          <tr>
            <HeadCell>{t("dimension")}</HeadCell>
            <HeadCell>{t("value")}</HeadCell>
            <HeadCell numeric>{t("expected")}</HeadCell>
            <HeadCell numeric>{t("actual")}</HeadCell>
            <HeadCell numeric>{t("change")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {contributions.map((one) => (
            <Row key={`${one.dimension} ${one.value}`}>
              <RowHead className="text-muted">{t(`dimensions.${one.dimension}`)}</RowHead>
              <Cell className={isCause(one) ? "font-medium" : ""}>
                {valueText(one.value, t)}
                {isCause(one) && (
                  <span className="ml-2 rounded bg-accent-soft px-1.5 py-0.5 text-xs">
                    {t("cause")}
                  </span>
                )}
              </Cell>
              <Amounts
                expected={parseUsd(one.expected)}
                actual={parseUsd(one.actual)}
                filters={filtersOf(one)}
                links={links}
                rate={rate}
              />
            </Row>
          ))}
          {whole.length > 0 && (
            <Row className="font-medium">
              <RowHead>{t("together")}</RowHead>
              <Cell />
              <Amounts
                expected={sum("expected")}
                actual={sum("actual")}
                filters={{}}
                links={links}
                rate={rate}
              />
            </Row>
          )}
        </tbody>
      </Table>
    </Panel>
  );
}

/** Three figures, each with the rows behind it. */
function Amounts({
  expected,
  actual,
  filters,
  links,
  rate,
}: {
  readonly expected: Usd;
  readonly actual: Usd;
  /** Null: several values as one, which no filter names. */
  readonly filters: Filters | null;
  readonly links: FigureLinks;
  readonly rate: UsedRate | null;
}) {
  const compared = filters && links.compared(filters);
  const figures = [
    ["expected", expected, compared],
    ["actual", actual, filters && links.rows(filters)],
    ["difference", subtractUsd(actual, expected), compared],
  ] as const;
  return figures.map(([name, usd, href]) => (
    <Cell key={name} numeric>
      <FigureLink href={href}>
        <AmountAtRate usd={usd} rate={rate} />
      </FigureLink>
    </Cell>
  ));
}

function filtersOf({ dimension, value }: ExplainedDriver): Filters | null {
  if (value !== null && OTHERS.test(value)) return null;
  return { [dimension]: [value] };
}

type Words = ReturnType<typeof useTranslations<"Anomalies">>;
const OTHERS = /^other:(\d+)$/;

function valueText(value: string | null, t: Words): string {
  if (value === null) return t("unknown");
  const [, others] = OTHERS.exec(value) ?? [];
  return others === undefined ? value : t("others", { count: Number(others) });
}
