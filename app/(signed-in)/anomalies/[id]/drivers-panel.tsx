import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { Explanation } from "#lib/anomaly-control/explanation.ts";
import { parseUsd } from "#lib/money/money.ts";

/** What each value of each dimension added to the change; each dimension adds up to it. */
export function DriversPanel({ explanation }: { readonly explanation: Explanation }) {
  const t = useTranslations("Anomalies");
  const { contributions, hasSingleCause, causes } = explanation;
  const isCause = (one: { dimension: string; value: string | null }) =>
    hasSingleCause && causes[0]?.dimension === one.dimension && causes[0].value === one.value;
  return (
    <Panel title={t("drivers")} note={t(hasSingleCause ? "driversNote" : "noSingleCause")}>
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
              <Cell numeric>
                <Amount usd={parseUsd(one.expected)} />
              </Cell>
              <Cell numeric>
                <Amount usd={parseUsd(one.actual)} />
              </Cell>
              <Cell numeric>
                <Amount usd={parseUsd(one.change)} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

type Words = ReturnType<typeof useTranslations<"Anomalies">>;

function valueText(value: string | null, t: Words): string {
  if (value === null) return t("unknown");
  const [, others] = /^other:(\d+)$/.exec(value) ?? [];
  return others === undefined ? value : t("others", { count: Number(others) });
}

const PARTS = ["volume", "intensity", "mix", "price"] as const;

/** The change by why: more calls, more tokens a call, other models, other prices. */
export function SplitPanel({ split }: { readonly split: NonNullable<Explanation["split"]> }) {
  const t = useTranslations("Anomalies");
  return (
    <Panel title={t("split")} note={t("splitNote")}>
      <dl className="grid grid-cols-2 gap-4 p-4 sm:grid-cols-4">
        {PARTS.map((part) => (
          <div key={part}>
            <dt className="text-muted text-xs">{t(`splits.${part}`)}</dt>
            <dd className="font-medium">
              <Amount usd={parseUsd(split[part])} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
