import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { Period } from "#app/_period/period.ts";
import type { KeySeen } from "#lib/reports/data-quality.ts";
import { QualityCsv } from "./quality-csv.tsx";

/** When each ingest key was last used: a silent one may be an agent that stopped reporting. */
export function KeyPanel({
  keys,
  period,
}: {
  readonly keys: readonly KeySeen[];
  readonly period: Period;
}) {
  const t = useTranslations("Quality");
  const { timeZone } = period;
  const locale = useLocale();
  return (
    <Panel
      title={t("keys")}
      note={t("keysNote")}
      actions={<QualityCsv table="keys" period={period} what={t("keys")} />}
    >
      {keys.length === 0 ? (
        <Empty title={t("noKeys")} />
      ) : (
        <Table caption={t("keys")}>
          <thead>
            <tr>
              <HeadCell>{t("key")}</HeadCell>
              <HeadCell>{t("team")}</HeadCell>
              <HeadCell numeric>{t("lastSeen")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {keys.map(({ keyId, label, team, lastSeen }) => (
              <Row key={keyId}>
                <RowHead>
                  {label === "" ? <code className="font-mono text-xs">{keyId}</code> : label}
                </RowHead>
                <Cell>{team ?? "–"}</Cell>
                <Cell numeric>
                  {lastSeen === null ? (
                    <span className="text-warn">{t("never")}</span>
                  ) : (
                    formatMoment(lastSeen, locale, timeZone)
                  )}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
