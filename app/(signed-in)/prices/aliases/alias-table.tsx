import { useLocale, useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { ModelAlias } from "#lib/price-book/model-alias.ts";
import { EndAliasButtons } from "./end-alias-buttons.tsx";

/** Aliases on both time axes: since when a name stands for a model, and since when that is believed. */
export function AliasTable({
  caption,
  aliases,
  mayChange,
}: {
  readonly caption: string;
  readonly aliases: readonly ModelAlias[];
  readonly mayChange: boolean;
}) {
  const t = useTranslations("Aliases");
  const locale = useLocale();
  const time = (at: Date | null, open: string) =>
    at === null ? open : formatMoment(at, locale, "UTC");
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <HeadCell>{t("reported")}</HeadCell>
          <HeadCell>{t("standsFor")}</HeadCell>
          <HeadCell>{t("inForce")}</HeadCell>
          <HeadCell>{t("believed")}</HeadCell>
          {mayChange && <HeadCell>{t("end")}</HeadCell>}
        </tr>
      </thead>
      <tbody>
        {aliases.map((alias) => (
          <Row key={alias.id} className="align-top">
            <RowHead className="min-w-40 py-2">
              <span className="font-medium [overflow-wrap:anywhere]">{alias.reported}</span>
              <span className="block text-muted text-xs">{alias.provider}</span>
            </RowHead>
            <Cell className="min-w-40 py-2">
              <span className="[overflow-wrap:anywhere]">{alias.targetModel}</span>
              <span className="block text-muted text-xs">{alias.targetProvider}</span>
            </Cell>
            <Cell className="whitespace-nowrap py-2 text-xs">
              <span className="block">{time(alias.effectiveFrom, t("always"))}</span>
              <span className="block text-muted">
                → {time(alias.effectiveTo, t("untilFurther"))}
              </span>
            </Cell>
            <Cell className="whitespace-nowrap py-2 text-xs">
              <span className="block">
                {time(alias.recordedAt, "")} · {alias.recordedBy}
              </span>
              <span className="block text-muted">
                → {time(alias.supersededAt, t("untilNow"))}
                {alias.supersededBy !== null && ` · ${alias.supersededBy}`}
              </span>
            </Cell>
            {mayChange && (
              <Cell className="py-2">
                <EndAliasButtons id={alias.id} name={alias.reported} />
              </Cell>
            )}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
