import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { ScopeAccuracy } from "#lib/forecasting/accuracy.ts";
import { percent } from "./forecast-summary.tsx";

/** Weekly ones of six months, but for those whose days are not over yet. */
const HALF_YEAR = 24;

/** What became of the forecasts of the last six months, beside the simplest one that there is. */
export function AccuracyPanel({ accuracy }: { readonly accuracy: ScopeAccuracy | null }) {
  const t = useTranslations("Forecasts");
  const locale = useLocale();
  if (accuracy === null || accuracy.isTooFew || accuracy.wape === null) {
    return (
      <Panel title={t("accuracy")}>
        <Empty title={t("noAccuracy")}>{t("noAccuracyHint")}</Empty>
      </Panel>
    );
  }
  const share = (value: number | null) => (value === null ? "–" : percent(value, locale));
  const { held } = accuracy;
  const lean = (value: number | null) => (value === null ? "–" : signed(value, locale));
  const rows = [
    [t("wape"), share(accuracy.wape), share(accuracy.naiveWape)],
    [t("totalError"), share(accuracy.totalError), share(accuracy.naiveTotalError)],
    [t("bias"), lean(accuracy.bias), lean(accuracy.naiveBias)],
    [t("heldOf", { level: 50 }), share(held[50]), ""],
    [t("heldOf", { level: 80 }), share(held[80]), ""],
    [t("heldOf", { level: 95 }), share(held[95]), ""],
  ] as const;
  return (
    <Panel
      title={t("accuracy")}
      note={t("accuracyNote", { forecasts: accuracy.forecasts, days: accuracy.days })}
    >
      <p className="px-4 pt-3">
        {t("accuracyLine", {
          span: accuracy.forecasts >= HALF_YEAR ? "half" : "other",
          forecasts: accuracy.forecasts,
          error: share(accuracy.totalError),
          held: share(held[80]),
          naive: share(accuracy.naiveTotalError),
        })}
      </p>
      {accuracy.isNaiveBetter && <p className="px-4 pt-1 text-warn">{t("naiveBetter")}</p>}
      <div className="pt-2">
        <Table caption={t("accuracy")}>
          <thead>
            <tr>
              <HeadCell>{t("measure")}</HeadCell>
              <HeadCell numeric>{t("ours")}</HeadCell>
              <HeadCell numeric>{t("naive")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ours, naive]) => (
              <Row key={name}>
                <RowHead>{name}</RowHead>
                <Cell numeric>{ours}</Cell>
                <Cell numeric className="text-muted">
                  {naive}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
      <p className="px-4 pt-2 pb-3 text-muted text-xs">{t("replayed")}</p>
    </Panel>
  );
}

function signed(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  }).format(share);
}
