"use client";

import { useLocale, useTranslations } from "next-intl";
import { Button } from "#app/_components/button.tsx";
import { Facts } from "#app/_components/facts.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { UnitName } from "#app/_components/unit-name.tsx";
import { formatCount } from "#app/_format/format-count.ts";
import { told, toldAll } from "#lib/refusals/told.ts";
import type { PriceDifference, PriceImportAnswer, Refusal } from "./send-price-file.ts";

const ROWS_SHOWN = 100;

/** What a price file would do, or did. */
export function PriceImportResult({
  answer,
  busy,
  onRecord,
}: {
  readonly answer: PriceImportAnswer;
  readonly busy: boolean;
  readonly onRecord: () => void;
}) {
  const t = useTranslations("Prices");
  const locale = useLocale();
  const { counts, applied } = answer;
  const count = (value: number) => formatCount(value, locale);
  return (
    <>
      {applied && <Notice title={t("imported", { count: counts.added })} />}
      {!applied && counts.suspicious > 0 && (
        <Notice tone="warn" title={t("suspiciousTitle", { count: counts.suspicious })}>
          {t("suspiciousHint")}
        </Notice>
      )}
      <Panel
        title={t("result", { format: answer.format })}
        actions={
          !applied && (
            <Button
              variant={counts.suspicious > 0 ? "danger" : "primary"}
              disabled={busy || counts.added === 0}
              onClick={onRecord}
            >
              {t(counts.suspicious > 0 ? "recordAnyway" : "recordCount", { count: counts.added })}
            </Button>
          )
        }
      >
        <Facts
          facts={[
            [t("added"), count(counts.added)],
            [t("unchanged"), count(counts.unchanged)],
            [t("differing"), count(counts.differing)],
            [t("refused"), count(counts.refused)],
            [t("suspicious"), count(counts.suspicious)],
          ]}
        />
      </Panel>
      <Refusals title={t("suspicious")} items={answer.suspicious} />
      <Differences title={t("added")} items={answer.added} />
      <Differences title={t("differing")} items={answer.differing} />
      <Refusals title={t("refused")} items={answer.refused} />
    </>
  );
}

function Differences({
  title,
  items,
}: {
  readonly title: string;
  readonly items: readonly PriceDifference[];
}) {
  const t = useTranslations("Prices");
  if (items.length === 0) return null;
  return (
    <Panel title={title} note={t("atMost", { count: ROWS_SHOWN })}>
      <Table caption={title}>
        <thead>
          <tr>
            <HeadCell>{t("model")}</HeadCell>
            <HeadCell>{t("unit")}</HeadCell>
            <HeadCell numeric>{t("before")}</HeadCell>
            <HeadCell numeric>{t("inFile")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {items.slice(0, ROWS_SHOWN).map(({ provider, model, unit, tier, before, after }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bands of one unit differ in nothing that is shown
            <Row key={`${provider} ${model} ${unit} ${tier} ${i}`}>
              <RowHead>
                {model} <span className="text-muted text-xs">{provider}</span>
              </RowHead>
              <Cell>
                <UnitName unit={unit} />
                {tier && ` · ${tier}`}
              </Cell>
              <Cell numeric>{before ?? "–"}</Cell>
              <Cell numeric>{after}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Refusals({
  title,
  items,
}: {
  readonly title: string;
  readonly items: readonly Refusal[];
}) {
  const t = useTranslations("Prices");
  const locale = useLocale();
  if (items.length === 0) return null;
  return (
    <Panel title={title} note={t("atMost", { count: ROWS_SHOWN })}>
      <Table caption={title}>
        <thead>
          <tr>
            <HeadCell>{t("where")}</HeadCell>
            <HeadCell>{t("why")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {items.slice(0, ROWS_SHOWN).map(({ where, at, why }) => (
            <Row key={`${where} ${toldAll(why, locale)}`}>
              <RowHead>{at === null ? where : told(at, locale)}</RowHead>
              <Cell>{toldAll(why, locale)}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
