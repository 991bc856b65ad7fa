import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { Amount } from "#app/_components/amount.tsx";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { subtractUsd } from "#lib/money/money.ts";
import type { PreviewRow } from "./actions.ts";

/** What a draft does to last month and to this one, line by line; all digits are a hover away. */
export function PreviewTable({ rows }: { readonly rows: readonly PreviewRow[] }) {
  const t = useTranslations("CostModels");
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <Table caption={t("previewTitle")}>
        <thead>
          <tr>
            <HeadCell>{t("effective")}</HeadCell>
            <HeadCell numeric>{t("lastMonth")}</HeadCell>
            <HeadCell numeric>{t("withDraft")}</HeadCell>
            <HeadCell numeric>{t("difference")}</HeadCell>
            <HeadCell numeric>{t("thisMonth")}</HeadCell>
            <HeadCell numeric>{t("withDraft")}</HeadCell>
            <HeadCell numeric>{t("difference")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, months }) => (
            <Row key={line} className={line === "total" ? "font-medium" : ""}>
              <RowHead className={line === "total" ? "font-medium" : ""}>
                {t(`lines.${line}`)}
              </RowHead>
              {months.map(({ before, after }, month) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the places are what they are
                <Fragment key={month}>
                  <Cell numeric>
                    <Amount usd={before} />
                  </Cell>
                  <Cell numeric>
                    <Amount usd={after} />
                  </Cell>
                  <Cell numeric>
                    <SignedAmount usd={subtractUsd(after, before)} zero="dash" />
                  </Cell>
                </Fragment>
              ))}
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
